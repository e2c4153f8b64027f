using System.Text;

namespace Midwatch.Cli.Checking;

/// <summary>Shell text from a file or from standard input.</summary>
internal static class ShellFile
{
    /// <summary>How many bytes are read; more is no script that a person wrote.</summary>
    internal const int BytesMax = 64 * 1024 * 1024;

    /// <returns>The text; or why there is none, naming the file.</returns>
    internal static (string? Text, string? Problem) Read(string path, Func<Stream> standardInput)
    {
        if (Directory.Exists(path))
        {
            return (null, $"{path}: is a folder; name the scripts in it.");
        }

        try
        {
            using var stream = path == "-" ? standardInput() : File.OpenRead(path);
            var bytes = new byte[stream.CanSeek ? Math.Min(stream.Length, BytesMax) + 1 : 64 * 1024];
            var length = 0;
            while (stream.Read(bytes, length, bytes.Length - length) is > 0 and var read)
            {
                length += read;
                if (length > BytesMax)
                {
                    return (null, $"{path}: it is longer than {BytesMax} bytes. Split it.");
                }

                if (length == bytes.Length)
                {
                    Array.Resize(ref bytes, Math.Min(bytes.Length * 4, BytesMax + 1));
                }
            }

            // A byte order mark is no text; other bytes that are no UTF-8 are characters bash does not look into.
            var start = bytes.AsSpan(0, length).StartsWith(Encoding.UTF8.Preamble) ? Encoding.UTF8.Preamble.Length : 0;
            return (Encoding.UTF8.GetString(bytes, start, length - start), null);
        }
        catch (Exception problem) when (problem is FileNotFoundException or DirectoryNotFoundException)
        {
            return (null, $"{path}: there is no such file.");
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return (null, $"{path}: cannot be read: {problem.Message}");
        }
    }
}
