using System.Collections.Frozen;
using Midwatch.Shell.Syntax;

namespace Midwatch.Shell.Interpretation.Builtins;

/// <summary>Says what a command's name stands for: <c>command -v</c>, <c>type</c>.</summary>
internal sealed class CommandDescription(ShellContext context)
{
    private static readonly FrozenSet<string> Keywords = FrozenSet.Create(
        StringComparer.Ordinal,
        "if", "then", "else", "elif", "fi", "case", "esac", "for", "select", "while", "until", "do", "done", "in",
        "function", "time", "{", "}", "!", "[[", "]]", "coproc");

    public bool Exists(string name) => Kind(name) is not null || Path(name) is not null;

    /// <summary>For <c>command -v</c> and <c>-V</c>; false when there is nothing of that name.</summary>
    public bool Show(string name, bool verbose)
    {
        var kind = Kind(name);
        var path = kind is null ? Path(name) : null;
        if (kind is null && path is null)
        {
            if (verbose)
            {
                context.Complain($"command: {name}: not found");
            }

            return false;
        }

        return context.Print(1, (verbose ? Sentence(name, kind, path) : path ?? name) + "\n");
    }

    /// <summary>For <c>type</c> with its options; false when there is nothing of that name.</summary>
    public bool Type(string name, string letters)
    {
        var onlyPath = letters.Contains('P', StringComparison.Ordinal);
        var kind = onlyPath ? null : Kind(name);
        if (letters.Contains('f', StringComparison.Ordinal) && kind == "function")
        {
            kind = BuiltinTable.Names.Contains(name) ? "builtin" : null;
        }

        var path = kind is null ? Path(name) : null;
        if (kind is null && path is null)
        {
            return false;
        }

        if (letters.Contains('t', StringComparison.Ordinal))
        {
            return context.Print(1, (kind ?? "file") + "\n");
        }

        if (onlyPath || letters.Contains('p', StringComparison.Ordinal))
        {
            return path is null || context.Print(1, path + "\n");
        }

        return context.Print(1, Sentence(name, kind, path) + "\n");
    }

    private string Sentence(string name, string? kind, string? path) => kind switch
    {
        "function" => $"{name} is a function\n{name} () \n{ShellPrinter.Print(context.State.Functions[name])}",
        "builtin" => $"{name} is a shell builtin",
        "keyword" => $"{name} is a shell keyword",
        _ => $"{name} is {path}",
    };

    private string? Kind(string name) => Keywords.Contains(name) ? "keyword"
        : context.State.Functions.ContainsKey(name) ? "function"
        : BuiltinTable.Names.Contains(name) && name != "sleep" ? "builtin"
        : null;

    private string? Path(string name) =>
        context.Run.Host.Resolve(name, context.State.Get("PATH") ?? string.Empty, context.State.WorkingDirectory);
}
