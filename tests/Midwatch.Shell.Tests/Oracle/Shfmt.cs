using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Midwatch.Processes;
using Midwatch.Shell.Tests.Interpretation;

namespace Midwatch.Shell.Tests.Oracle;

/// <summary>mvdan/sh's parser, as the program of Debian.</summary>
internal sealed class Shfmt : IAsyncDisposable
{
    private const string Program = "/usr/bin/shfmt";

    private readonly ProgramStarter _starter = new();

    public static bool IsInstalled => File.Exists(Program);

    /// <summary>What shfmt says of a text as bash: its tree, or its error line.</summary>
    public async Task<(JsonNode? Tree, string Error)> ReadAsync(string text)
    {
        const int AttemptsMax = 3;
        for (var attempt = 1; ; attempt++)
        {
            var (tree, error) = await RunAsync(text);

            // A refusal has a message. Without one the program was ended by a signal, as when memory is short.
            if (tree is not null || error.Length > 0 || attempt == AttemptsMax)
            {
                return (tree, error);
            }
        }
    }

    private async Task<(JsonNode? Tree, string Error)> RunAsync(string text)
    {
        using var folder = new Folder();
        await File.WriteAllTextAsync(folder.File("in"), text);
        using var input = File.OpenHandle(folder.File("in"));
        using var output = File.OpenHandle(folder.File("out"), FileMode.Create, FileAccess.Write);
        using var error = File.OpenHandle(folder.File("err"), FileMode.Create, FileAccess.Write);
        var result = _starter.Start(new ProgramSpec
        {
            Argv = [Program, "-ln", "bash", "-tojson"],
            Environment = ImmutableDictionary<string, string>.Empty,
            WorkingDirectory = folder.Path,
            StandardInput = input,
            StandardOutput = output,
            StandardError = error,
        });
        await using var program = Assert.IsType<StartResult.Started>(result).Program;
        var status = await program.Exited;
        if (status.Signal is { } signal)
        {
            TestContext.Current.TestOutputHelper?.WriteLine($"shfmt was ended by {signal}; it is asked again.");
            return (null, string.Empty);
        }

        if (status.Code != 0)
        {
            var message = await File.ReadAllTextAsync(folder.File("err"));
            return (null, message.Length > 0 ? message : $"shfmt ended with {status.Code} and said nothing");
        }

        await using var json = File.OpenRead(folder.File("out"));
        return (await JsonNode.ParseAsync(json, documentOptions: new() { MaxDepth = 2000 }), string.Empty);
    }

    public ValueTask DisposeAsync() => _starter.DisposeAsync();
}
