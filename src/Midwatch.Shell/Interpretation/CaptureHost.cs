using System.Text;
using Microsoft.Win32.SafeHandles;
using Midwatch.Shell.Expansion;
using Midwatch.Shell.Syntax;

namespace Midwatch.Shell.Interpretation;

/// <summary>Runs the commands of substitutions, and knows the values of placeholders.</summary>
internal sealed class CaptureHost(ShellContext context) : IExpansionHost
{
    private const int BufferBytes = 64 * 1024;

    private readonly List<Task> _readers = [];

    private CaptureHost(ShellContext context, List<Task> readers)
        : this(context) => _readers = readers;

    public bool MustEnd => context.Run.MustEnd;

    /// <summary>One whose substitutions see another state, and whose readers are waited for here.</summary>
    public CaptureHost For(ShellContext other) => new(other, _readers);

    public string? Bound(string placeholder) => context.Run.Bindings.Values.GetValueOrDefault(placeholder);

    public async ValueTask<string> CaptureAsync(WordPart.CommandSubstitution substitution)
    {
        if (!context.Run.BeginFlow(substitution.Span))
        {
            return string.Empty;
        }

        var pipe = context.Run.Host.CreatePipe();
        var descriptors = context.Descriptors.Copy();
        descriptors.Set(1, pipe.Writer);
        var inner = context.Subshell(descriptors) with { Tested = false };
        inner.State.Options = inner.State.Options with
        {
            ErrExit = inner.State.Options.ErrExit && inner.State.Options.IsOn("inherit_errexit"),
        };
        var body = Task.Run(() => RunBodyAsync(inner, substitution));
        using var reader = pipe.Reader;
        var text = await ReadAllAsync(reader, substitution.Span);
        var flow = await body;
        context.Run.EndFlow();
        context.State.LastStatus = flow.Status;
        return text.TrimEnd('\n');
    }

    public ValueTask<string> SubstituteAsync(WordPart.ProcessSubstitution substitution)
    {
        if (context.Descriptors.FreeFromTheTop() is not { } number || !context.Run.BeginFlow(substitution.Span))
        {
            return ValueTask.FromResult(string.Empty);
        }

        var pipe = context.Run.Host.CreatePipe();
        var descriptors = context.Descriptors.CopyWithoutSubstitutions();
        descriptors.Set(substitution.Output ? 0 : 1, substitution.Output ? pipe.Reader : pipe.Writer);
        context.Descriptors.SetSubstitution(number, substitution.Output ? pipe.Writer : pipe.Reader);
        var job = context.Run.Session.NewJob(context.State, isSubstitution: true);
        var run = context.Run.ForSubstitution(job);
        var inner = context.Subshell(descriptors, run) with { Tested = false };
        job.Number = context.Run.Session.NextNumber();
        job.Reads = substitution.Output;
        job.Completion = Task.Run(() => BackgroundStarter.RunToEndAsync(job, inner, substitution.Body, run.EndFlow));
        context.State.LastJob = job.Number;
        if (substitution.Output)
        {
            _readers.Add(job.Completion);
        }

        return ValueTask.FromResult($"/dev/fd/{number}");
    }

    /// <summary>
    /// Waits for the commands that read what the command has written to <c>&gt;(…)</c>; bash goes on without them, and
    /// what comes first is then left to chance.
    /// </summary>
    public Task ReadersAsync() => Task.WhenAll(_readers);

    private static async Task<Flow> RunBodyAsync(ShellContext inner, WordPart.CommandSubstitution substitution)
    {
        using var descriptors = inner.Descriptors;

        // $(< file) gives the file.
        if (substitution.Body is [{ Command: null, Redirections: [{ Operator: RedirectionOperator.Input } file] }])
        {
            return await CopyFileAsync(inner, file);
        }

        return await new ListExecutor(inner).RunSubshellAsync(substitution.Body);
    }

    private static async Task<Flow> CopyFileAsync(ShellContext inner, Redirection file)
    {
        using var opened = inner.Descriptors.Layer();
        var redirector = new Redirector(inner with { Descriptors = opened });
        await redirector.ApplyAsync([file]);
        if (redirector.Ending is { } ending)
        {
            return ending;
        }

        var buffer = new byte[BufferBytes];
        var reading = inner with { Descriptors = opened };
        while (await reading.ReadAsync(file.Descriptor ?? 0, buffer) is > 0 and var read)
        {
            if (!inner.Print(1, buffer.AsSpan(0, read)))
            {
                break;
            }
        }

        return Flow.Next(0);
    }

    private async ValueTask<string> ReadAllAsync(SafeFileHandle reader, SourceSpan span)
    {
        using var bytes = new MemoryStream();
        var buffer = new byte[BufferBytes];
        var watch = context.Run.Session.Watch(context.Run.Host);
        while (true)
        {
            await watch.ReadableAsync(reader, context.Run.Cancellation);
            var read = NativeFile.TryRead(reader, buffer);
            if (read <= 0)
            {
                break;
            }

            bytes.Write(buffer.AsSpan(0, read));
            if (bytes.Length > context.Run.Options.CaptureMax)
            {
                context.Run.Stop(
                    "SH3005",
                    $"A command substitution gives more than {context.Run.Options.CaptureMax} bytes.",
                    "Let the command print less.",
                    span);
                break;
            }
        }

        // bash drops NULs, which no variable can hold.
        return Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length)
            .Replace("\0", string.Empty, StringComparison.Ordinal);
    }
}
