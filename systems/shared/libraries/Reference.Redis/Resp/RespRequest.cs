using System.Globalization;
using System.Text;

namespace Reference.Redis.Resp;

/// <summary>A command on the wire: an array of bulk strings, so that no argument can start another command.</summary>
public static class RespRequest
{
    /// <summary>Encodes a command and its arguments.</summary>
    public static byte[] Encode(params ReadOnlySpan<string> words)
    {
        using var bytes = new MemoryStream();
        WriteHeader(bytes, '*', words.Length);
        foreach (var word in words)
        {
            var text = Encoding.UTF8.GetBytes(word);
            WriteHeader(bytes, '$', text.Length);
            bytes.Write(text);
            bytes.Write("\r\n"u8);
        }

        return bytes.ToArray();
    }

    private static void WriteHeader(MemoryStream bytes, char kind, int count) =>
        bytes.Write(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{kind}{count}\r\n")));
}
