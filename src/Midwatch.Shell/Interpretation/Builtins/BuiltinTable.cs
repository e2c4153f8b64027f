using System.Collections.Frozen;
using System.Collections.Immutable;

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
            ["pushd"] = DirectoryBuiltins.Push,
            ["popd"] = DirectoryBuiltins.Pop,
            ["dirs"] = DirectoryBuiltins.List,
            ["set"] = VariableBuiltins.Set,
            ["unset"] = VariableBuiltins.Unset,
            ["shift"] = VariableBuiltins.Shift,
            ["let"] = VariableBuiltins.Let,
            ["test"] = TestBuiltin.Run,
            ["["] = TestBuiltin.Run,
            ["read"] = ReadBuiltin.RunAsync,
            ["mapfile"] = MapfileBuiltin.RunAsync,
            ["readarray"] = MapfileBuiltin.RunAsync,
            ["getopts"] = GetoptsBuiltin.Run,
            ["shopt"] = ShoptBuiltin.Run,
            ["trap"] = TrapBuiltin.Run,
            ["eval"] = TextBuiltins.EvalAsync,
            ["source"] = TextBuiltins.SourceAsync,
            ["."] = TextBuiltins.SourceAsync,
            ["exec"] = ExecBuiltin.RunAsync,
            ["wait"] = JobBuiltins.WaitAsync,
            ["kill"] = JobBuiltins.KillAsync,
            ["sleep"] = JobBuiltins.SleepAsync,
            ["exit"] = ControlBuiltins.Exit,
            ["return"] = ControlBuiltins.Return,
            ["break"] = ControlBuiltins.Break,
            ["continue"] = ControlBuiltins.Continue,
            ["command"] = CommandBuiltins.CommandAsync,
            ["builtin"] = CommandBuiltins.BuiltinAsync,
            ["type"] = CommandBuiltins.Type,
            ["hash"] = CommandBuiltins.Hash,
            ["jobs"] = JobBuiltins.Jobs,
        }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Gets their names, those of declarations included, which are no simple commands.</summary>
    public static ImmutableArray<string> Names { get; } =
        [.. Builtins.Keys.Concat(["export", "readonly", "declare", "typeset", "local"]).Order(StringComparer.Ordinal)];

    public static Func<BuiltinCall, ValueTask<Flow>>? Find(string name) => Builtins.GetValueOrDefault(name);
}
