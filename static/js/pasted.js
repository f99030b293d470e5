// What was copied from a spreadsheet, as rows of cells. Nothing in here reads or makes a number: it
// finds where one cell ends and the next begins, and which row is headings.

const WORDS =
  /\b(steps?|days?|dates?|weeks?|start(?:s|ing)?|begins?|ends?|ending|from|until|duration|daily|dose|dosage|mg|morning|am|noon|midday|evening|pm|bedtime|night|notes?)\b/i;
const AMOUNT = /^(?:\d[\d.,]*|(?:\d[\d.,]*\s?)?[½¼¾]|(?:\d+\s)?\d\/\d)$/;
const FEWEST_WITH_COMMAS = 3; // "14,2" may be a comma where a point belongs, so two are not taken apart.

// Spaces that do not break come with numbers from some spreadsheets; a cell has no lines.
const asCell = (text) => text.replace(/[\u00a0\u202f]/g, " ").replace(/\s*\n\s*/g, " ").trim();

// A cell in quotes may hold the separator, a line's end, and a quote written twice.
const split = (text, separator) => {
  const quoted = new RegExp(`^"((?:[^"]|"")*)"(?=[${separator}\n]|$)`);
  const plain = new RegExp(`^[^${separator}\n]*`);
  const rows = [[]];
  let rest = text;
  for (;;) {
    const found = quoted.exec(rest);
    const cell = found ? found[1].replaceAll('""', '"') : plain.exec(rest)[0];
    rows.at(-1).push(asCell(cell));
    rest = rest.slice(found ? found[0].length : cell.length);
    if (!rest) {
      return rows;
    }
    if (rest[0] === "\n") {
      rows.push([]);
    }
    rest = rest.slice(1);
  }
};

// Headings begin with a word of the table, and hold no number alone: "14 days" begins with a number.
const isHeading = (row) => {
  const first = row.find((cell) => cell) ?? "";
  return WORDS.test(first) && !/^[\d½¼¾]/.test(first) && !row.some((cell) => AMOUNT.test(cell));
};

// Comma-separated where every row has as many cells, and too many, or headings, for a decimal comma.
const withCommas = (text) => {
  const rows = split(text, ",");
  const width = rows[0].length;
  const isEven = width > 1 && rows.every((row) => row.length === width);
  return isEven && (width >= FEWEST_WITH_COMMAS || (rows.length > 1 && isHeading(rows[0]))) ? rows : null;
};

// `isNote`: pasted into a note, where prose has commas and nothing is a heading.
export const readPasted = (text, isNote) => {
  const lines = text.replace(/\r\n?/g, "\n").replace(/\n+$/, "");
  const rows = (!lines.includes("\t") && !isNote && withCommas(lines)) || split(lines, "\t");
  const heading = !isNote && rows.length > 1 && isHeading(rows[0]) ? rows.shift() : null;
  const isOneCell = !heading && rows.length === 1 && rows[0].length === 1 && rows[0][0] === asCell(lines);
  return { rows, heading, isOneCell: isOneCell && !lines.includes("\n") };
};
