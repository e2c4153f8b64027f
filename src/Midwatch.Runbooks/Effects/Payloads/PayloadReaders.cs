using System.Collections.Immutable;
using Midwatch.Runbooks.Effects.Calls;

namespace Midwatch.Runbooks.Effects.Payloads;

/// <summary>Reads a command that is given to another command as one text or as words.</summary>
/// <param name="text">The shell text.</param>
/// <param name="place">Where it will run.</param>
internal delegate CommandEffect ShellReader(string text, CallPlace place);

/// <summary>
/// Looks into what a call carries: SQL, a Redis command, an awk program, a patch. The data names the reader.
/// </summary>
internal sealed class PayloadReaders
{
    private readonly ShellReader _shell;
    private readonly SqlReader _sql = new();
    private readonly RedisReader _redis = new();
    private readonly PatchReader _patch = new();
    private readonly HttpReader _http = new();
    private readonly FindReader _find;
    private readonly Lazy<MongoReader> _mongo = new(() => new MongoReader());

    public PayloadReaders(
        ShellReader shell, Func<ImmutableArray<CallWord>, CallPlace, ImmutableArray<CommandEffect>> calls)
    {
        _shell = shell;
        _find = new FindReader(calls);
    }

    /// <summary>Reads a payload that is one word.</summary>
    public void Read(string reader, CallWord word, Judgement judgement) => Read(reader, [word], judgement);

    /// <summary>Reads a payload that is some words.</summary>
    public void Read(string reader, ImmutableArray<CallWord> words, Judgement judgement)
    {
        var whole = CallWord.Join(words.AsSpan());
        var text = whole.Text;
        foreach (var word in words)
        {
            judgement.TakeAsCode(word);
        }

        switch (reader)
        {
            case "sql":
                _sql.Read(text, judgement);
                break;
            case "redis":
                _redis.Read(text, judgement);
                break;
            case "awk":
                AwkReader.Read(words[0], judgement);
                break;
            case "sed":
                SedReader.Read(words[0], judgement);
                break;
            case "mongo":
                _mongo.Value.Read(text, judgement);
                break;
            case "jq":
                JqReader.Read(words[0], judgement);
                break;
            case "patch":
                _patch.Read(words[0], judgement);
                break;
            case "shell":
                ReadShell(whole, judgement, remote: false);
                break;
            case "remote-shell":
                ReadShell(whole, judgement, remote: true);
                break;
            default:
                throw new InvalidDataException($"There is no payload reader '{reader}'.");
        }
    }

    /// <summary>Reads a call as a whole.</summary>
    public void ReadCall(string reader, ParsedCall call, Judgement judgement)
    {
        switch (reader)
        {
            case "http":
                _http.Read(call, judgement);
                break;
            case "find":
                _find.Read(call, judgement);
                break;
            case "manifest":
                ManifestReader.Read(call, judgement);
                break;
            case "copy":
                CopyReader.Read(call, judgement);
                break;
            default:
                throw new InvalidDataException($"There is no call reader '{reader}'.");
        }
    }

    /// <summary>Reads a text that a shell will read.</summary>
    public void ReadShell(CallWord text, Judgement judgement, bool remote) =>
        judgement.Add(_shell(text.Text, judgement.Place.Inside(remote)));
}
