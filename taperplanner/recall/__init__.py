"""A fault of an earlier release, followed to everybody whom it concerns.

A *notice* comes with a release and tells of the ones before it: which of them, what may be wrong in what they made, and
what to do. Each printed copy that is still out and each open plan that it concerns stands on the worklist until somebody
has said what became of it. A copy that waits is of doubt for whoever scans it. `affected` is the same list by command,
of any releases.
"""
