using System.Text;
using Microsoft.Win32.SafeHandles;
using Midwatch.Shell.Expansion;
using Midwatch.Shell.Syntax;

namespace Midwatch.Shell.Interpretation.Builtins;

/// <summary><c>read</c>.</summary>
internal static class ReadBuiltin
{
    // 128 and the number of SIGALRM.
    private const int TimeoutStatus = 142;

    public static async ValueTask<Flow> RunAsync(BuiltinCall call)
    {
        if (ReadOptions.Parse(call.Arguments) is not { } options)
        {
            return call.Stop("read: one of its options is not supported by the interpreter.");
        }

        if (options.Names.FirstOrDefault(name => !ShellCharacters.IsName(Base(name))) is { } wrong)
        {
            return call.Fail($"`{wrong}': not a valid identifier");
        }

        if (options.Timeout == TimeSpan.Zero)
        {
            var handle = call.Context.Descriptors[options.Descriptor];
            return Flow.Next(handle is not null && NativePoll.IsReady(handle, NativePoll.In, 0) ? 0 : 1);
        }

        using var timeout = new CancellationTokenSource(
            options.Timeout ?? System.Threading.Timeout.InfiniteTimeSpan, call.Context.Run.Options.Time);
        var bytes = new List<byte>();
        var ended = await ReadAsync(call.Context, options, bytes, timeout.Token);
        var text = Encoding.UTF8.GetString([.. bytes]).Replace("\0", string.Empty, StringComparison.Ordinal);
        var status = ended switch { true => 0, false => 1, null => TimeoutStatus };
        if (bytes.Count > call.Context.Run.Options.CaptureMax)
        {
            return call.Context.Run.Stop(
                "SH3005", "A line is too long to keep.", "Let the command print shorter lines.", call.Span);
        }

        return Flow.Next(Assign(call, options, Unescape(text, options.Raw || options.Exact)) ? status : 1);
    }

    private static string Base(string name) =>
        name.EndsWith(']') && name.IndexOf('[', StringComparison.Ordinal) is > 0 and var at ? name[..at] : name;

    /// <summary>Whether the line was complete; null when the time ran out.</summary>
    private static async ValueTask<bool?> ReadAsync(
        ShellContext context, ReadOptions options, List<byte> bytes, CancellationToken timeout)
    {
        if (options.Count == 0)
        {
            return true;
        }

        // Byte by byte, as bash does: what follows the line is for the next command.
        var one = new byte[1];
        var decoded = new char[4];
        var decoder = Encoding.UTF8.GetDecoder();
        var characters = 0L;
        var escaped = false;
        while (context.Descriptors[options.Descriptor] is { } handle && bytes.Count <= context.Run.Options.CaptureMax)
        {
            if (!await IsReadableAsync(context, handle, timeout))
            {
                return null;
            }

            if (NativeFile.TryRead(handle, one) != 1)
            {
                break;
            }

            if (one[0] == options.Delimiter && !escaped && !options.Exact)
            {
                return true;
            }

            escaped = !options.Raw && one[0] == (byte)'\\' && !escaped;
            bytes.Add(one[0]);
            characters += decoder.GetChars(one, decoded, flush: false);
            if (options.Count is { } count && characters >= count)
            {
                return true;
            }
        }

        return false;
    }

    private static async ValueTask<bool> IsReadableAsync(
        ShellContext context, SafeFileHandle handle, CancellationToken timeout)
    {
        using var either = timeout.CanBeCanceled
            ? CancellationTokenSource.CreateLinkedTokenSource(timeout, context.Run.Cancellation)
            : null;
        try
        {
            var token = either?.Token ?? context.Run.Cancellation;
            await context.Run.Session.Watch(context.Run.Host).ReadableAsync(handle, token);
            return true;
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested
            && !context.Run.Cancellation.IsCancellationRequested)
        {
            return false;
        }
    }

    private static List<(char Character, bool Protected)> Unescape(string text, bool raw)
    {
        var line = new List<(char, bool)>();
        for (var i = 0; i < text.Length; i++)
        {
            if (raw || text[i] != '\\')
            {
                line.Add((text[i], false));
            }
            else if (++i < text.Length && text[i] != '\n')
            {
                line.Add((text[i], true));
            }
        }

        return line;
    }

    private static bool Assign(
        BuiltinCall call, ReadOptions options, List<(char Character, bool Protected)> line)
    {
        var state = call.Context.State;
        if (options.Names.IsEmpty && options.Array is null)
        {
            return Set(call, "REPLY", Text(line));
        }

        if (options.Exact)
        {
            return options.Names.Select((name, i) => Set(call, name,
                i == 0 ? Text(line) : string.Empty)).All(set => set);
        }

        var fields = new LineFields(line, state.Separators);
        if (options.Array is { } array)
        {
            var elements = new List<string>();
            while (!fields.AtEnd)
            {
                call.Context.Run.Cancellation.ThrowIfCancellationRequested();
                elements.Add(fields.Take());
            }

            state.Put(array, new ShellVariable { Elements = ShellArrays.Of(elements) });
            return true;
        }

        var all = true;
        foreach (var name in options.Names[..^1])
        {
            all &= Set(call, name, fields.Take());
        }

        return Set(call, options.Names[^1], fields.Rest()) && all;
    }

    private static bool Set(BuiltinCall call, string name, string value)
    {
        if (new NamedPlace(call.Context.State, name).TrySet(value))
        {
            return true;
        }

        call.Context.Complain($"{name}: readonly variable");
        return false;
    }

    private static string Text(List<(char Character, bool Protected)> line) =>
        string.Concat(line.Select(c => c.Character));
}
