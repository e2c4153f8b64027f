namespace Midwatch.Shell.Interpretation.Builtins;

/// <summary><c>cd</c> and <c>pwd</c>.</summary>
internal static class DirectoryBuiltins
{
    public static ValueTask<Flow> ChangeDirectory(BuiltinCall call)
    {
        var operands = call.Arguments.Skip(1).SkipWhile(argument => argument is "-L" or "-P" or "--").ToArray();
        if (operands.Length > 1)
        {
            return ValueTask.FromResult(call.Fail("too many arguments"));
        }

        var state = call.Context.State;
        var target = operands.Length == 0 ? state.Get("HOME") : operands[0] == "-" ? state.Get("OLDPWD") : operands[0];
        if (target is null)
        {
            return ValueTask.FromResult(call.Fail(operands.Length == 0 ? "HOME not set" : "OLDPWD not set"));
        }

        var path = Path.GetFullPath(Path.Combine(state.WorkingDirectory, target));
        path = path.Length > 1 ? path.TrimEnd('/') : path;
        if (!Directory.Exists(path))
        {
            var reason = File.Exists(path) ? "Not a directory" : "No such file or directory";
            return ValueTask.FromResult(call.Fail($"{target}: {reason}"));
        }

        state.TrySet("OLDPWD", state.WorkingDirectory);
        state.WorkingDirectory = path;
        state.TrySet("PWD", path);
        return ValueTask.FromResult(Flow.Next(operands is ["-"] ? Status(call, path) : 0));
    }

    public static ValueTask<Flow> PrintDirectory(BuiltinCall call) =>
        ValueTask.FromResult(Flow.Next(Status(call, call.Context.State.WorkingDirectory)));

    private static int Status(BuiltinCall call, string path) => call.Context.Print(1, path + "\n") ? 0 : 1;
}
