using Midwatch.Shell.Expansion;

namespace Midwatch.Shell.Interpretation.Builtins;

/// <summary><c>cd</c> and <c>pwd</c>.</summary>
internal static class DirectoryBuiltins
{
    public static ValueTask<Flow> ChangeDirectory(BuiltinCall call)
    {
        var options = new OptionReader(call.Arguments, string.Empty, "LPe@");
        var physical = false;
        while (options.Next() is { } option)
        {
            physical = option.Letter == 'P' || (option.Letter != 'L' && physical);
        }

        if (options.IsWrong || options.Rest.Length > 1)
        {
            return ValueTask.FromResult(
                options.IsWrong ? call.Fail("usage: cd [-L|-P] [dir]", 2) : call.Fail("too many arguments"));
        }

        var state = call.Context.State;
        var operand = options.Rest.FirstOrDefault();
        var target = operand is null ? state.Get("HOME") : operand == "-" ? state.Get("OLDPWD") : operand;
        if (target is null)
        {
            return ValueTask.FromResult(call.Fail(operand is null ? "HOME not set" : "OLDPWD not set"));
        }

        var (path, shown) = Find(state, target, operand);
        if (Enter(call, path, target, physical) is { } failed)
        {
            return ValueTask.FromResult(failed);
        }

        return ValueTask.FromResult(Flow.Next(shown || operand == "-" ? Status(call, state.WorkingDirectory) : 0));
    }

    /// <summary>Where <c>cd</c> goes; found by way of <c>CDPATH</c> it is shown.</summary>
    private static (string Path, bool Shown) Find(ShellState state, string target, string? operand)
    {
        if (operand is not null && state.Get("CDPATH") is { Length: > 0 } search
            && target is not (['/', ..] or "." or ".." or ['.', '/', ..] or ['.', '.', '/', ..]))
        {
            foreach (var directory in search.Split(':'))
            {
                var candidate = Path.Combine(state.WorkingDirectory, directory, target);
                if (Directory.Exists(candidate))
                {
                    return (candidate, directory.Length > 0);
                }
            }
        }

        return (Path.Combine(state.WorkingDirectory, target), false);
    }

    /// <summary>Makes a directory the current one; null when that went well.</summary>
    private static Flow? Enter(BuiltinCall call, string target, string shown, bool physical)
    {
        var state = call.Context.State;
        var path = Path.GetFullPath(target);
        path = path.Length > 1 ? path.TrimEnd('/') : path;
        if (!Directory.Exists(path) || !Directory.Exists(target))
        {
            var reason = File.Exists(path) ? "Not a directory" : "No such file or directory";
            return call.Fail($"{shown}: {reason}");
        }

        if (!NativeFile.Access(path, 1))
        {
            return call.Fail($"{shown}: Permission denied");
        }

        path = physical ? WritableFiles.Real(path) ?? path : path;
        state.TrySet("OLDPWD", state.WorkingDirectory);
        state.WorkingDirectory = path;
        state.TrySet("PWD", path);
        return null;
    }

    public static ValueTask<Flow> PrintDirectory(BuiltinCall call)
    {
        var path = call.Context.State.WorkingDirectory;
        var physical = call.Arguments.Contains("-P");
        return ValueTask.FromResult(Flow.Next(Status(call, physical ? WritableFiles.Real(path) ?? path : path)));
    }

    public static ValueTask<Flow> Push(BuiltinCall call)
    {
        var state = call.Context.State;
        var operands = call.Arguments[1..];
        if (operands.Length > 1 || operands is [['-' or '+', ..]])
        {
            return ValueTask.FromResult(call.Stop("Options of pushd are not supported by the interpreter."));
        }

        if (operands.IsEmpty && state.DirectoryStack.IsEmpty)
        {
            return ValueTask.FromResult(call.Fail("no other directory"));
        }

        var from = state.WorkingDirectory;
        var target = operands.IsEmpty ? state.DirectoryStack[0] : operands[0];
        if (Enter(call, Path.Combine(from, target), target, physical: false) is { } failed)
        {
            return ValueTask.FromResult(failed);
        }

        state.DirectoryStack = (operands.IsEmpty ? state.DirectoryStack.RemoveAt(0) : state.DirectoryStack)
            .Insert(0, from);
        return List(call);
    }

    public static ValueTask<Flow> Pop(BuiltinCall call)
    {
        var state = call.Context.State;
        if (call.Arguments.Length > 1)
        {
            return ValueTask.FromResult(call.Stop("Options of popd are not supported by the interpreter."));
        }

        if (state.DirectoryStack.IsEmpty)
        {
            return ValueTask.FromResult(call.Fail("directory stack empty"));
        }

        var target = state.DirectoryStack[0];
        if (Enter(call, target, target, physical: false) is { } failed)
        {
            return ValueTask.FromResult(failed);
        }

        state.DirectoryStack = state.DirectoryStack.RemoveAt(0);
        return List(call);
    }

    /// <summary><c>dirs</c>, which pushd and popd do too.</summary>
    public static ValueTask<Flow> List(BuiltinCall call)
    {
        var state = call.Context.State;
        if (call.Arguments is ["dirs", "-c"])
        {
            state.DirectoryStack = [];
            return ValueTask.FromResult(Flow.Next(0));
        }

        var home = state.Get("HOME");
        var paths = state.DirectoryStack.Prepend(state.WorkingDirectory).Select(path => home is not null
            && (path == home || path.StartsWith(home + "/", StringComparison.Ordinal)) ? "~" + path[home.Length..]
            : path);
        return ValueTask.FromResult(Flow.Next(call.Context.Print(1, string.Join(' ', paths) + "\n") ? 0 : 1));
    }

    private static int Status(BuiltinCall call, string path) => call.Context.Print(1, path + "\n") ? 0 : 1;
}
