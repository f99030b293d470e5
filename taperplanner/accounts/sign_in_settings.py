"""How people sign in, for Django's settings: what allauth asks, and by which of our forms."""

ACCOUNT_ADAPTER = "taperplanner.accounts.adapter.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "taperplanner.accounts.sign_in_forms.LoginForm",
    "change_password": "taperplanner.accounts.sign_in_forms.ChangePasswordForm",
    "reset_password_from_key": "taperplanner.accounts.sign_in_forms.ResetPasswordKeyForm",
    "reauthenticate": "taperplanner.accounts.sign_in_forms.ReauthenticateForm",
}
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "taperplanner.accounts.links.LinkTokens"  # noqa: S105 - a name
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
# Whoever just set a password by a link is not asked for it again; a second step that they have is.
ACCOUNT_LOGIN_ON_PASSWORD_RESET = True
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_RATE_LIMITS = {
    "handout_code": "30/m/ip",  # whether a printed paper is current
    "csp_report": "20/m/ip",  # what a page was not allowed to do
    # Whoever signs in is counted by `attempts.py`, so that nobody at one clinic's address can hold up the others.
    "login": "",
    "login_failed": "5/5m/key",  # codes of the second step, of whoever knows the password
}

MFA_ADAPTER = "taperplanner.accounts.adapter.MFAAdapter"
MFA_FORMS = {
    "authenticate": "taperplanner.accounts.sign_in_forms.AuthenticateForm",
    "reauthenticate": "taperplanner.accounts.sign_in_forms.ReauthenticateCodeForm",
    "activate_totp": "taperplanner.accounts.sign_in_forms.ActivateTOTPForm",
    "deactivate_totp": "taperplanner.accounts.sign_in_forms.DeactivateTOTPForm",
    "generate_recovery_codes": "taperplanner.accounts.sign_in_forms.GenerateRecoveryCodesForm",
    "add_webauthn": "taperplanner.accounts.passkey_forms.AddPasskeyForm",
    "edit_webauthn": "taperplanner.accounts.passkey_forms.RenamePasskeyForm",
    "authenticate_webauthn": "taperplanner.accounts.passkey_forms.AuthenticatePasskeyForm",
    "reauthenticate_webauthn": "taperplanner.accounts.passkey_forms.ReauthenticatePasskeyForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
# A PIN, a finger or a face each time: a passkey that somebody found is not enough.
MFA_WEBAUTHN_USER_VERIFICATION = "required"
MFA_TOTP_ISSUER = "Taper Planner"
