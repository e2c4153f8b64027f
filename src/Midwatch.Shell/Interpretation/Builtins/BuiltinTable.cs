using System.Collections.Frozen;

namespace Midwatch.Shell.Interpretation.Builtins;

/// <summary>The builtins by name.</summary>
internal static class BuiltinTable
{
    private static readonly FrozenDictionary<string, Func<BuiltinCall, ValueTask<Flow>>> Builtins =
        new Dictionary<string, Func<BuiltinCall, ValueTask<Flow>>>(StringComparer.Ordinal)
        {
            [":"] = _ => ValueTask.FromResult(Flow.Next(0)),
            ["true"] = _ => ValueTask.FromResult(Flow.Next(0)),
            ["false"] = _ => ValueTask.FromResult(Flow.Next(1)),
            ["echo"] = EchoBuiltin.Run,
            ["printf"] = PrintfBuiltin.Run,
            ["cd"] = DirectoryBuiltins.ChangeDirectory,
            ["pwd"] = DirectoryBuiltins.PrintDirectory,
            ["set"] = VariableBuiltins.Set,
            ["unset"] = VariableBuiltins.Unset,
            ["shift"] = VariableBuiltins.Shift,
            ["let"] = VariableBuiltins.Let,
            ["test"] = TestBuiltin.Run,
            ["["] = TestBuiltin.Run,
            ["read"] = ReadBuiltin.RunAsync,
            ["wait"] = JobBuiltins.WaitAsync,
            ["kill"] = JobBuiltins.KillAsync,
            ["sleep"] = JobBuiltins.SleepAsync,
            ["exit"] = ControlBuiltins.Exit,
            ["return"] = ControlBuiltins.Return,
            ["break"] = ControlBuiltins.Break,
            ["continue"] = ControlBuiltins.Continue,
            ["command"] = CommandBuiltins.CommandAsync,
            ["type"] = CommandBuiltins.Type,
        }.ToFrozenDictionary(StringComparer.Ordinal);

    public static Func<BuiltinCall, ValueTask<Flow>>? Find(string name) => Builtins.GetValueOrDefault(name);
}
