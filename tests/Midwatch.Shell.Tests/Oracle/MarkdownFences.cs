using System.Globalization;

namespace Midwatch.Shell.Tests.Oracle;

/// <summary>The fenced blocks of a Markdown file that are tagged as shell.</summary>
internal static class MarkdownFences
{
    private static readonly HashSet<string> Tags =
        new(["bash", "sh", "shell", "console", "shell-session", "terminal"], StringComparer.OrdinalIgnoreCase);

    public static IEnumerable<CorpusBlock> Read(IEnumerable<string> lines)
    {
        var fence = string.Empty;
        var (indent, opened, shell, number) = (0, 0, false, 0);
        var body = new List<string>();
        foreach (var line in lines)
        {
            number++;
            var text = line.TrimStart();
            if (fence.Length == 0)
            {
                var mark = Mark(text);
                if (mark.Length > 0 && !text[mark.Length..].Contains('`', StringComparison.Ordinal))
                {
                    (fence, indent, opened) = (mark, line.Length - text.Length, number);
                    shell = Tags.Contains(text[mark.Length..].Trim().Split(' ', '{', ',')[0]);
                    body.Clear();
                }
            }
            else if (text.StartsWith(fence, StringComparison.Ordinal) && text.TrimEnd().Trim(fence[0]).Length == 0)
            {
                if (shell)
                {
                    yield return new CorpusBlock(
                        (opened + 1).ToString(CultureInfo.InvariantCulture), string.Join('\n', body) + "\n");
                }

                fence = string.Empty;
            }
            else
            {
                body.Add(line[Math.Min(indent, line.Length - line.TrimStart(' ').Length)..]);
            }
        }
    }

    private static string Mark(string text)
    {
        var length = text.Length > 0 && text[0] is '`' or '~' ? text.Length - text.TrimStart(text[0]).Length : 0;
        return length >= 3 ? text[..length] : string.Empty;
    }
}
