"""Treebanks as nested lists, their plain text, and F1 as the CoNLL 2018 shared task counts it."""


def sentences(conllu):
    """Sentences of tokens: (form, [forms of words])."""
    result, tokens, inside = [], [], 0
    for line in conllu.split("\n"):
        if not line:
            if tokens:
                result.append(tokens)
            tokens, inside = [], 0
        elif line[0] != "#":
            columns = line.split("\t")
            if "-" in columns[0]:
                first, last = map(int, columns[0].split("-"))
                tokens.append((columns[1], []))
                inside = last - first + 1
            elif "." not in columns[0]:
                if inside:
                    tokens[-1][1].append(columns[1])
                    inside -= 1
                else:
                    tokens.append((columns[1], [columns[1]]))
    return result + ([tokens] if tokens else [])


def plain_text(conllu):
    """Forms with the spaces that follow them; an empty line before each paragraph."""
    text, last = [], 0
    for line in conllu.split("\n"):
        if line.startswith(("# newpar", "# newdoc")):
            if text and not text[-1].endswith("\n\n"):
                text.append("\n\n")
        elif line and line[0] != "#":
            columns = line.split("\t")
            if "-" in columns[0]:
                last = int(columns[0].split("-")[1])
            elif "." in columns[0] or int(columns[0]) <= last:
                continue
            text.append(columns[1])
            if "SpaceAfter=No" not in columns[9]:
                text.append(" ")
        else:
            last = 0
    return "".join(text)


def spans(cut):
    """Spans of tokens and sentences in characters without white space, and the words: (span, form, is of several)."""
    tokens, ends, words, at = [], [], [], 0
    for sentence in cut:
        start = at
        for form, parts in sentence:
            length = sum(not character.isspace() for character in form)
            tokens.append((at, at + length))
            words += [((at, at + length), part.lower(), len(parts) > 1) for part in parts]
            at += length
        ends.append((start, at))
    return tokens, ends, words


def f1(correct, gold, predicted):
    return 2 * correct / (gold + predicted)


def common(left, right):
    """The length of the longest common subsequence."""
    lengths = [0] * (len(right) + 1)
    for first in left:
        diagonal = 0
        for index, second in enumerate(right):
            above = lengths[index + 1]
            lengths[index + 1] = diagonal + 1 if first == second else max(above, lengths[index])
            diagonal = above
    return lengths[-1]


def scores(gold, predicted):
    """F1 of tokens, words and sentences."""
    gold_tokens, gold_ends, gold_words = spans(gold)
    tokens, ends, words = spans(predicted)
    assert gold_ends[-1][1] == ends[-1][1], "the texts differ"
    regions = []
    for start, end in sorted({word[0] for word in gold_words + words if word[2]}):
        if regions and start < regions[-1][1]:
            regions[-1][1] = max(end, regions[-1][1])
        else:
            regions.append([start, end])

    def divide(all_words):
        inside, outside, region = [[] for _ in regions], set(), 0
        for (start, end), form, _ in all_words:
            while region < len(regions) and regions[region][1] <= start:
                region += 1
            if region < len(regions) and regions[region][0] <= start and end <= regions[region][1]:
                inside[region].append(form)
            else:
                outside.add((start, end))
        return inside, outside

    gold_inside, gold_outside = divide(gold_words)
    inside, outside = divide(words)
    correct = len(gold_outside & outside) + sum(common(*pair) for pair in zip(gold_inside, inside))
    return (
        f1(len(set(gold_tokens) & set(tokens)), len(gold_tokens), len(tokens)),
        f1(correct, len(gold_words), len(words)),
        f1(len(set(gold_ends) & set(ends)), len(gold_ends), len(ends)))
