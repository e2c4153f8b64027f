using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Midwatch.Shell.Tests.Oracle;

/// <summary>What the <c>RUN</c> instructions of a Dockerfile hand to the shell.</summary>
internal static partial class DockerfileRuns
{
    public static IEnumerable<CorpusBlock> Read(IEnumerable<string> lines)
    {
        StringBuilder? text = null;
        string? until = null;
        var (number, start) = (0, 0);
        foreach (var line in lines)
        {
            number++;
            if (until is not null)
            {
                // RUN <<EOF: the lines up to the delimiter are a script of their own.
                if (line.Trim() == until)
                {
                    yield return Block(start, text!);
                    (text, until) = (null, null);
                }
                else
                {
                    text!.Append(line).Append('\n');
                }

                continue;
            }

            if (text is null)
            {
                var run = Run().Match(line);
                if (!run.Success)
                {
                    continue;
                }

                (text, start) = (new StringBuilder(), number);
                if (HereDocument().Match(line) is { Success: true } here)
                {
                    until = here.Groups["end"].Value;
                    continue;
                }
            }
            else if (line.TrimStart().StartsWith('#') || line.Trim().Length == 0)
            {
                // Docker drops comments and empty lines within an instruction.
                continue;
            }

            text.Append(start == number ? Run().Replace(line, string.Empty) : line).Append('\n');
            if (!line.TrimEnd().EndsWith('\\'))
            {
                yield return Block(start, text);
                text = null;
            }
        }
    }

    private static CorpusBlock Block(int line, StringBuilder text) =>
        new(line.ToString(CultureInfo.InvariantCulture), text.ToString());

    [GeneratedRegex(@"^\s*(ONBUILD\s+)?RUN\s+(--\S+\s+)*(?!\[)", RegexOptions.IgnoreCase)]
    private static partial Regex Run();

    [GeneratedRegex(@"^\s*RUN\s+(--\S+\s+)*<<-?\s*['""]?(?<end>\w+)['""]?\s*$", RegexOptions.IgnoreCase)]
    private static partial Regex HereDocument();
}
