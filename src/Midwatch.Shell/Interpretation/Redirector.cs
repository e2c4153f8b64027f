using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Microsoft.Win32.SafeHandles;
using Midwatch.Shell.Expansion;
using Midwatch.Shell.Syntax;

namespace Midwatch.Shell.Interpretation;

/// <summary>Applies the redirections of one command.</summary>
internal sealed class Redirector(ShellContext context)
{
    // What a pipe holds without a reader; a longer text is written while the command reads.
    private const int PipeBytes = 60_000;

    private readonly ImmutableArray<FileUse>.Builder _files = ImmutableArray.CreateBuilder<FileUse>();

    /// <summary>Gets how the command ends before it began; null when everything could be redirected.</summary>
    public Flow? Ending { get; private set; }

    public ImmutableArray<FileUse> Files => _files.ToImmutable();

    /// <summary>A table with the redirections in force, for the caller to dispose.</summary>
    public async ValueTask<DescriptorTable> ApplyAsync(ImmutableArray<Redirection> redirections)
    {
        var table = context.Descriptors.Copy();
        foreach (var redirection in redirections)
        {
            await ApplyAsync(table, redirection);
            if (Ending is not null)
            {
                break;
            }
        }

        return table;
    }

    private async ValueTask ApplyAsync(DescriptorTable table, Redirection redirection)
    {
        // Redirections see those before them, also in what they expand.
        var expander = new Expander(context.State, new CaptureHost(context));
        if (redirection.HereDocument is { } document)
        {
            var body = await expander.ExpandQuotedAsync(document.Body);
            Finish(expander, () => Feed(table, redirection.Descriptor ?? 0, body));
            return;
        }

        if (redirection.Operator == RedirectionOperator.HereString)
        {
            var text = await expander.ExpandTextAsync(redirection.Target);
            Finish(expander, () => Feed(table, redirection.Descriptor ?? 0, text + "\n"));
            return;
        }

        var targets = await expander.ExpandAsync([redirection.Target]);
        Finish(expander, () =>
        {
            if (targets is [var target])
            {
                Redirect(table, redirection, target);
            }
            else
            {
                Fail("ambiguous redirect");
            }
        });
    }

    private void Finish(Expander expander, Action action)
    {
        if (expander.Failure is { } failure)
        {
            Ending = new FailureReport(context).Report(failure);
        }
        else
        {
            action();
        }
    }

    private void Redirect(DescriptorTable table, Redirection redirection, string target)
    {
        switch (redirection.Operator)
        {
            case RedirectionOperator.DuplicateInput:
            case RedirectionOperator.DuplicateOutput:
                Duplicate(table, redirection, target);
                break;
            case RedirectionOperator.OutputAndError:
            case RedirectionOperator.AppendOutputAndError:
                OpenBoth(table, redirection, target);
                break;
            case RedirectionOperator.Input:
                Read(table, redirection.Descriptor ?? 0, target);
                break;
            default:
                var number = redirection.Descriptor ?? (redirection.Operator == RedirectionOperator.ReadWrite ? 0 : 1);
                Write(table, number, target, redirection);
                break;
        }
    }

    private void OpenBoth(DescriptorTable table, Redirection redirection, string target)
    {
        Write(table, 1, target, redirection);
        if (Ending is null)
        {
            table.Duplicate(2, 1);
        }
    }

    private void Duplicate(DescriptorTable table, Redirection redirection, string target)
    {
        var output = redirection.Operator == RedirectionOperator.DuplicateOutput;
        var number = redirection.Descriptor ?? (output ? 1 : 0);
        if (target == "-")
        {
            table.Close(number);
            return;
        }

        var moves = target.EndsWith('-');
        if (int.TryParse(moves ? target[..^1] : target, NumberStyles.None, CultureInfo.InvariantCulture, out var from))
        {
            if (from != number && !table.Duplicate(number, from))
            {
                Fail($"{target}: Bad file descriptor");
            }
            else if (moves)
            {
                table.Close(from);
            }
        }
        else if (output && redirection.Descriptor is null)
        {
            OpenBoth(table, redirection, target);
        }
        else
        {
            Fail($"{target}: ambiguous redirect");
        }
    }

    private void Read(DescriptorTable table, int number, string target)
    {
        var path = Path.Combine(context.State.WorkingDirectory, target);
        _files.Add(new FileUse(path, Writes: false));
        var opened = target.Length == 0 ? new OpenedFile(null, "No such file or directory")
            : NativeFile.OpenForReading(path);
        if (opened.Handle is not { } handle)
        {
            Fail($"{target}: {opened.Error}");
            return;
        }

        table.Set(number, handle);
    }

    private void Write(DescriptorTable table, int number, string target, Redirection redirection)
    {
        var path = Path.Combine(context.State.WorkingDirectory, target);
        if (WritableFiles.Objection(path, context.Run.Options.WritableDirectory) is { } objection)
        {
            Ending = context.Run.Stop(
                "SH3003", $"“{target}” {objection}", "Write below the step's own folder.", redirection.Span);
            return;
        }

        if (WritableFiles.StandardStream(target) is { } stream)
        {
            table.Duplicate(number, stream);
            return;
        }

        _files.Add(new FileUse(path, Writes: true));
        var mode = redirection.Operator switch
        {
            RedirectionOperator.Append or RedirectionOperator.AppendOutputAndError => FileUseMode.Append,
            RedirectionOperator.ReadWrite => FileUseMode.ReadWrite,
            RedirectionOperator.Output when context.State.Options.NoClobber && File.Exists(path) => FileUseMode.Create,
            _ => FileUseMode.Truncate,
        };
        var opened = NativeFile.OpenForWriting(path, mode);
        if (opened.Handle is not { } handle)
        {
            Fail($"{target}: {(mode == FileUseMode.Create ? "cannot overwrite existing file" : opened.Error)}");
            return;
        }

        table.Set(number, handle);
    }

    private void Feed(DescriptorTable table, int number, string text)
    {
        var pipe = context.Run.Host.CreatePipe();
        table.Set(number, pipe.Reader);
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
