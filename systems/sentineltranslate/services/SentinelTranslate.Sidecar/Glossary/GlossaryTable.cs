namespace SentinelTranslate.Sidecar.Glossary;

/// <summary>Terms that are always translated the same way, one per line: the term, a tab, its translation.</summary>
internal static class GlossaryTable
{
    /// <summary>Reads a glossary; empty lines and lines that begin with <c>#</c> say nothing.</summary>
    /// <exception cref="FormatException">A line is no such pair; the message names it.</exception>
    public static IReadOnlyDictionary<string, string> Parse(string name, string text)
    {
        var terms = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var lines = text.Split('\n');
        for (var index = 0; index < lines.Length; index++)
        {
            var line = lines[index].TrimEnd('\r');
            if (line.Length == 0 || line[0] == '#')
            {
                continue;
            }

            terms[Column(line, 0)] = Column(line, 1);

            string Column(string row, int column) => row.Split('\t') is { Length: 2 } columns
                ? columns[column]
                : throw new FormatException(
                    $"{name}, line {index + 1}: expected a term and its translation parted by one tab, found '{row}'");
        }

        return terms;
    }
}
