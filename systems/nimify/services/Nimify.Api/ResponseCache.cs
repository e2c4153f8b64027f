using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging;

namespace Nimify.Api;

/// <summary>
/// Keeps answers as files, so that the same question need not be asked twice. Without it all goes on.
/// </summary>
internal sealed partial class ResponseCache(string? directory, ILogger log)
{
    /// <summary>The stored answer; null when there is none, or it cannot be read.</summary>
    public string? Find(string model, string input)
    {
        try
        {
            var file = File(model, input);
            return file is not null && System.IO.File.Exists(file) ? System.IO.File.ReadAllText(file) : null;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            LogUnusable(log, failure.Message);
            return null;
        }
    }

    public void Store(string model, string input, string answer)
    {
        try
        {
            if (File(model, input) is { } file)
            {
                Directory.CreateDirectory(directory!);
                var draft = $"{file}.{Environment.CurrentManagedThreadId}.new";
                System.IO.File.WriteAllText(draft, answer);
                System.IO.File.Move(draft, file, overwrite: true);
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            LogUnusable(log, failure.Message);
        }
    }

    private string? File(string model, string input) => directory is null ? null : Path.Combine(
        directory, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{model}\n{input}"))) + ".json");

    [LoggerMessage(EventId = 20, Level = LogLevel.Warning, Message = "The cache cannot be used: {Reason}")]
    private static partial void LogUnusable(ILogger log, string reason);
}
