using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Microsoft.Win32.SafeHandles;
using Midwatch.Shell.Expansion;
using Midwatch.Shell.Syntax;

namespace Midwatch.Shell.Interpretation;

/// <summary>Applies the redirections of one command to the table of the context, which is the command's own.</summary>
internal sealed class Redirector(ShellContext context)
{
    // What a pipe holds without a reader; a longer text is written while the command reads.
    private const int PipeBytes = 60_000;

    private readonly ImmutableArray<FileUse>.Builder _files = ImmutableArray.CreateBuilder<FileUse>();

    /// <summary>Gets how the command ends before it began; null when everything could be redirected.</summary>
    public Flow? Ending { get; private set; }

    public ImmutableArray<FileUse> Files => _files.ToImmutable();

    public DescriptorTable Table { get; } = context.Descriptors;

    /// <summary>Gets who ran the substitutions within redirections.</summary>
    public CaptureHost Host { get; private init; } = new(context);

    /// <summary>Gets or sets whether an error ends only this command.</summary>
    private bool EndsOnlyCommand { get; init; }

    /// <summary>One for the same table whose expansions leave nothing behind in the shell.</summary>
    public Redirector InChild()
    {
        var child = context with { State = context.State.Copy() };
        return new Redirector(child) { EndsOnlyCommand = true, Host = Host.For(child) };
    }

    public async ValueTask ApplyAsync(ImmutableArray<Redirection> redirections)
    {
        foreach (var redirection in redirections)
        {
            await ApplyAsync(redirection);
            if (Ending is not null)
            {
                break;
            }
        }
    }

    private async ValueTask ApplyAsync(Redirection redirection)
    {
        // Redirections see those before them, also in what they expand.
        var expander = new Expander(context.State, Host);
        if (redirection.HereDocument is { } document)
        {
            var body = await expander.ExpandQuotedAsync(document.Body);
            Finish(expander, () => Feed(Number(redirection, 0), body));
            return;
        }

        if (redirection.Operator == RedirectionOperator.HereString)
        {
            var text = await expander.ExpandTextAsync(redirection.Target);
            Finish(expander, () => Feed(Number(redirection, 0), text + "\n"));
            return;
        }

        var targets = await expander.ExpandAsync([redirection.Target]);
        Finish(expander, () =>
        {
            if (targets is [var target])
            {
                Redirect(redirection, target);
            }
            else
            {
                Fail("ambiguous redirect");
            }
        });
    }

    /// <summary>
    /// The descriptor that a redirection is for; <c>{name}&gt;</c> takes a free one and tells the variable.
    /// </summary>
    private int Number(Redirection redirection, int usual)
    {
        if (redirection.DescriptorVariable is not { } name)
        {
            return redirection.Descriptor ?? usual;
        }

        var number = Table.FreeFromTen();
        if (!context.State.TrySet(name, number.ToString(CultureInfo.InvariantCulture)))
        {
            Fail($"{name}: readonly variable");
        }

        return number;
    }

    private void Finish(Expander expander, Action action)
    {
        if (expander.Failure is { } failure)
        {
            var ending = new FailureReport(context).Report(failure);
            Ending = EndsOnlyCommand && ending.Kind != FlowKind.Stop ? Flow.Next(ending.Status) : ending;
        }
        else if (context.Run.MustEnd)
        {
            Ending = RunScope.Ended;
        }
        else
        {
            action();
        }
    }

    private void Redirect(Redirection redirection, string target)
    {
        switch (redirection.Operator)
        {
            case RedirectionOperator.DuplicateInput:
            case RedirectionOperator.DuplicateOutput:
                Duplicate(redirection, target);
                break;
            case RedirectionOperator.OutputAndError:
            case RedirectionOperator.AppendOutputAndError:
                OpenBoth(redirection, target);
                break;
            case RedirectionOperator.Input:
                Read(Number(redirection, 0), target);
                break;
            default:
                Write(Number(redirection, redirection.Operator == RedirectionOperator.ReadWrite ? 0 : 1), target,
                    redirection);
                break;
        }
    }

    private void OpenBoth(Redirection redirection, string target)
    {
        Write(1, target, redirection);
        if (Ending is null)
        {
            Table.Duplicate(2, 1);
        }
    }

    private void Duplicate(Redirection redirection, string target)
    {
        var output = redirection.Operator == RedirectionOperator.DuplicateOutput;
        if (target == "-")
        {
            Table.Close(redirection.DescriptorVariable is { } name ? Held(name) : redirection.Descriptor
                ?? (output ? 1 : 0));
            return;
        }

        var moves = target.EndsWith('-');
        if (int.TryParse(moves ? target[..^1] : target, NumberStyles.None, CultureInfo.InvariantCulture, out var from))
        {
            var number = Number(redirection, output ? 1 : 0);
            if (from != number && !Table.Duplicate(number, from))
            {
                Fail($"{target}: Bad file descriptor");
            }
            else if (from == number && Table[number] is null)
            {
                Fail($"{target}: Bad file descriptor");
            }
            else if (moves && from != number)
            {
                Table.Close(from);
            }
        }
        else if (output && redirection.Descriptor is null && redirection.DescriptorVariable is null)
        {
            OpenBoth(redirection, target);
        }
        else
        {
            Fail($"{target}: ambiguous redirect");
        }
    }

    private int Held(string name) =>
        int.TryParse(context.State.Get(name), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number : -1;

    private void Read(int number, string target)
    {
        if (WritableFiles.Descriptor(target) is { } open)
        {
            if (!Table.Duplicate(number, open))
            {
                Fail($"{target}: No such file or directory");
            }

            return;
        }

        var path = Path.Combine(context.State.WorkingDirectory, target);
        _files.Add(new FileUse(path, Writes: false));
        var opened = target.Length == 0 ? new OpenedFile(null, "No such file or directory")
            : FileOpening.ToRead(path, context.Run.Cancellation);
        if (opened.Handle is not { } handle)
        {
            Fail($"{target}: {opened.Error}");
            return;
        }

        Table.Set(number, handle);
    }

    private void Write(int number, string target, Redirection redirection)
    {
        var path = Path.Combine(context.State.WorkingDirectory, target);
        var place = WritableFiles.Place(path, context.Run.Options.WritableDirectory);
        if (place.Objection is { } objection)
        {
            Ending = context.Run.Stop(
                "SH3003", $"“{target}” {objection}", "Write below the step's own folder.", redirection.Span);
            return;
        }

        if (WritableFiles.Descriptor(target) is { } stream)
        {
            if (!Table.Duplicate(number, stream))
            {
                Fail($"{target}: No such file or directory");
            }

            return;
        }

        _files.Add(new FileUse(path, Writes: true));
        var mode = redirection.Operator switch
        {
            RedirectionOperator.Append or RedirectionOperator.AppendOutputAndError => FileUseMode.Append,
            RedirectionOperator.ReadWrite => FileUseMode.ReadWrite,
            RedirectionOperator.Output or RedirectionOperator.OutputAndError
                when context.State.Options.NoClobber && FileConditions.IsRegular(path) => FileUseMode.Create,
            _ => FileUseMode.Truncate,
        };
        var opened = target.Length == 0 ? new OpenedFile(null, "No such file or directory")
            : place.Open(mode, context.Run.Cancellation);
        if (opened.Handle is not { } handle)
        {
            Fail($"{target}: {(mode == FileUseMode.Create ? "cannot overwrite existing file" : opened.Error)}");
            return;
        }

        Table.Set(number, handle, isWrittenFile: true);
    }

    private void Feed(int number, string text)
    {
        var pipe = context.Run.Host.CreatePipe();
        Table.Set(number, pipe.Reader);
        var bytes = Encoding.UTF8.GetBytes(text);
        if (bytes.Length <= PipeBytes)
        {
            Send(pipe.Writer, bytes);
        }
        else
        {
            // Ends with the reader: a write without one fails at once.
            _ = Task.Run(() => Send(pipe.Writer, bytes), CancellationToken.None);
        }
    }

    private static void Send(SafeFileHandle writer, byte[] bytes)
    {
        using (writer)
        {
            NativeFile.Write(writer, bytes, CancellationToken.None);
        }
    }

    private void Fail(string message)
    {
        context.Complain(message);
        Ending = Flow.Next(1);
    }
}
