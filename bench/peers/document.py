"""Writes the measured lines into a Markdown file, in place of the table between its two comments."""

BEGIN, END = "<!-- engine: written by bench/peers/compare --write -->", "<!-- engine: end -->"


def table(lines):
    rows = ["| work | precision | peer | Gloss | peer's | unit | ratio | must | holds |", "|---|---|---|---|---|---|---|---|---|"]
    for line in lines:
        must = line["must"]
        holds = "" if must is None else "yes" if line["ratio"] >= must else "no"
        ours, theirs = (f"{line[key]:.2f}" if line["unit"] == "ms" else f"{line[key]:,.0f}" for key in ("ours", "theirs"))
        rows.append(
            f"| {line['work']} | {line['precision']} | {line['peer']} | {ours} | {theirs} | {line['unit']} "
            f"| {line['ratio']:.2f} | {'' if must is None else must} | {holds} |")
    return "\n".join(rows)


def write(path, lines):
    """Throws ValueError where the file has no place for the table."""
    with open(path, encoding="utf-8") as file:
        text = file.read()
    if BEGIN not in text or END not in text:
        raise ValueError(f"{path}: put the lines {BEGIN} and {END} where the table belongs")
    before, rest = text.split(BEGIN, 1)
    with open(path, "w", encoding="utf-8") as file:
        file.write(f"{before}{BEGIN}\n\n{table(lines)}\n\n{END}{rest.split(END, 1)[1]}")
