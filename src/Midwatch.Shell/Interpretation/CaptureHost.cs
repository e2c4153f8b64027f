using System.Text;
using Microsoft.Win32.SafeHandles;
using Midwatch.Shell.Expansion;
using Midwatch.Shell.Syntax;

namespace Midwatch.Shell.Interpretation;

/// <summary>Runs command substitutions, and knows the values of placeholders.</summary>
internal sealed class CaptureHost(ShellContext context) : IExpansionHost
{
    private const int BufferBytes = 64 * 1024;

    public string? Bound(string placeholder) => context.Run.Bindings.Values.GetValueOrDefault(placeholder);

    public async ValueTask<string> CaptureAsync(WordPart.CommandSubstitution substitution)
    {
        var pipe = context.Run.Host.CreatePipe();
        var descriptors = context.Descriptors.Copy();
        descriptors.Set(1, pipe.Writer);
        var inner = context.Subshell(descriptors) with { Tested = false };

        // As in bash without inherit_errexit.
        inner.State.Options = inner.State.Options with { ErrExit = false };
        var body = Task.Run(() => RunBodyAsync(inner, substitution));
        using var reader = pipe.Reader;
        var text = await Task.Run(() => ReadAll(reader, substitution.Span));
        var flow = await body;
        context.State.LastStatus = flow.Status;
        return text.TrimEnd('\n');
    }

    private static async Task<Flow> RunBodyAsync(ShellContext inner, WordPart.CommandSubstitution substitution)
    {
        using var descriptors = inner.Descriptors;

        // $(< file) gives the file.
        if (substitution.Body is [{ Command: null, Redirections: [{ Operator: RedirectionOperator.Input } file] }])
        {
            return await CopyFileAsync(inner, file);
        }

        return await new ListExecutor(inner).RunAsync(substitution.Body);
    }

    private static async Task<Flow> CopyFileAsync(ShellContext inner, Redirection file)
    {
        var redirector = new Redirector(inner);
        using var opened = await redirector.ApplyAsync([file]);
        if (redirector.Ending is { } ending)
        {
            return ending;
        }

        var buffer = new byte[BufferBytes];
        while (opened[file.Descriptor ?? 0] is { } handle)
        {
            var read = NativeFile.Read(handle, buffer, inner.Run.Cancellation);
            if (read <= 0 || !inner.Print(1, buffer.AsSpan(0, read)))
            {
                break;
            }
        }

        return Flow.Next(0);
    }

    private string ReadAll(SafeFileHandle reader, SourceSpan span)
    {
        using var bytes = new MemoryStream();
        var buffer = new byte[BufferBytes];
        while (NativeFile.Read(reader, buffer, context.Run.Cancellation) is > 0 and var read)
        {
            bytes.Write(buffer, 0, read);
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
