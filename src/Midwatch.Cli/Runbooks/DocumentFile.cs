using System.Text;
using Midwatch.Cli.Places;
using Midwatch.Runbooks.Compilation;
using Midwatch.Runbooks.Diagnostics;

namespace Midwatch.Cli.Runbooks;

/// <summary>Reads the text of one document within bounds, and says what is wrong with the file itself.</summary>
internal static class DocumentFile
{
    private const long BytesMax = 4L * RunbookCompiler.TextLengthMax;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false,
        throwOnInvalidBytes: true);

    /// <summary>One document.</summary>
    /// <param name="Text">Null when there is none.</param>
    /// <param name="Wrong">What is wrong with what the file holds; null for nothing.</param>
    /// <param name="Problem">Why it cannot be opened, with the remedy; null when it can.</param>
    internal sealed record Outcome(string? Text, RunbookDiagnostic? Wrong, string? Problem);

    /// <summary>Reads a file.</summary>
    internal static Outcome Read(string path)
    {
        if (Directory.Exists(path))
        {
            return Problem($"{path}: is a folder; name a Markdown file in it.");
        }

        try
        {
            var facts = FileFacts.Of(path);
            if (facts is { InsteadOfFile: { } other } && !IsStream(path))
            {
                // A pipe that nobody writes into would be waited for for ever.
                return Problem($"{path}: is {other} and no file; leave it out, or copy what it gives into a file.");
            }

            if (facts is { Length: > BytesMax and var length })
            {
                return Wrong("MW1008", 1, 1,
                    FormattableString.Invariant($"The file has {length} bytes: that is no runbook."), "Split it.");
            }

            return facts is { Length: > 0 } ? Decode(File.ReadAllBytes(path)) : Stream(path);
        }
        catch (Exception problem) when (problem is FileNotFoundException or DirectoryNotFoundException)
        {
            return Problem($"{path}: there is no such file.");
        }
        catch (UnauthorizedAccessException)
        {
            return Problem($"{path}: cannot be read: permission denied. Run 'chmod +r' on it, or leave it out.");
        }
        catch (Exception problem) when (problem is IOException or ArgumentException or NotSupportedException)
        {
            return Problem($"{path}: cannot be read: {problem.Message}");
        }
    }

    /// <summary>Reads what is piped in, to its end or to the bound.</summary>
    internal static Outcome Read(Stream stream)
    {
        using var all = new MemoryStream();
        var buffer = new byte[64 * 1024];
        for (int read; all.Length <= BytesMax && (read = stream.Read(buffer)) > 0;)
        {
            all.Write(buffer.AsSpan(0, read));
        }

        return Decode(all.ToArray());
    }

    private static Outcome Decode(byte[] bytes)
    {
        if (bytes.LongLength > BytesMax)
        {
            return Wrong("MW1008", 1, 1,
                FormattableString.Invariant($"There are more than {BytesMax} bytes: that is no runbook."), "Split it.");
        }

        if (bytes is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..])
        {
            return NotText(1, 1, "The file is UTF-16 text.", "Save it as UTF-8: iconv -f UTF-16 -t UTF-8.");
        }

        var zero = Array.IndexOf(bytes, (byte)0);
        if (zero >= 0)
        {
            var (line, column) = Place(bytes, zero);
            return NotText(line, column, "The file is not text: it holds a zero byte.",
                "Give a Markdown file in UTF-8.");
        }

        try
        {
            return new Outcome(Strict.GetString(bytes).TrimStart('\uFEFF'), null, null);
        }
        catch (DecoderFallbackException problem)
        {
            var (line, column) = Place(bytes, problem.Index);
            return NotText(line, column, "The file is not UTF-8 text.",
                "Save it as UTF-8, such as with iconv -f LATIN1 -t UTF-8.");
        }
    }

    /// <summary>The words for a person, as the compiler's diagnostics are shown.</summary>
    internal static string Words(string path, RunbookDiagnostic wrong) => FormattableString.Invariant(
        $"{path}:{wrong.Span.Line}:{wrong.Span.Column}: error {wrong.Code}: {wrong.Message} {wrong.Remedy}");

    /// <summary>What the shell opened for the program ("&lt;(…)", /dev/stdin) is read to its end.</summary>
    private static bool IsStream(string path) => path.StartsWith("/dev/fd/", StringComparison.Ordinal)
        || path.StartsWith("/proc/", StringComparison.Ordinal) || path is "/dev/stdin";

    private static Outcome Stream(string path)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0);
        return Read(stream);
    }

    private static (int Line, int Column) Place(byte[] bytes, int index)
    {
        var before = bytes.AsSpan(0, Math.Clamp(index, 0, bytes.Length));
        return (before.Count((byte)'\n') + 1, before.Length - before.LastIndexOf((byte)'\n'));
    }

    private static Outcome Problem(string words) => new(null, null, words);

    private static Outcome NotText(int line, int column, string message, string remedy) =>
        Wrong("MW1009", line, column, message, remedy);

    private static Outcome Wrong(string code, int line, int column, string message, string remedy) =>
        new(null, new RunbookDiagnostic(
            code, Severity.Error, message, new DocumentSpan(line, column, line, column + 1), remedy), null);
}
