using System.Text;

namespace Midwatch.Shell.Tests.Interpretation.Differential;

/// <summary>Makes up scripts: the same seed gives the same script.</summary>
internal sealed class ScriptGrammar(uint seed)
{
    private const int DepthMax = 3;

    private readonly Dice _dice = new(seed);
    private int _depth;
    private int _counter;

    public string Script()
    {
        var text = new StringBuilder();
        if (_dice.Roll(3) == 0)
        {
            text.Append(_dice.Pick("set -e", "set -u", "set -eu", "set -o pipefail", "set -euo pipefail", "set -f",
                "shopt -s nullglob", "shopt -s extglob", "set -E", "shopt -s lastpipe",
                "shopt -s nocasematch", "set -C", "shopt -s dotglob globstar")).Append('\n');
        }

        if (_dice.Roll(4) == 0)
        {
            var action = _dice.Pick("'echo bye $?'", "'echo \"end $a\"'", "\"echo end $? \\$?\"");
            text.Append("trap ").Append(action).Append(" EXIT\n");
        }

        if (_dice.Roll(8) == 0)
        {
            text.Append("trap 'echo err $?' ERR\n");
        }

        text.Append("i=0; a=x b='p q' c=\n");
        if (_dice.Roll(2) == 0)
        {
            text.Append("arr=(one 'two 2' three); declare -A map=([k]=v [x]=1)\n");
        }
        else
        {
            text.Append("arr=(a b); declare -A map=()\n");
        }

        if (_dice.Roll(2) == 0)
        {
            text.Append("mkdir -p d/e; touch d/f1 d/f2.txt d/.h g1; echo x > f\n");
        }

        for (var n = 2 + _dice.Roll(5); n > 0; n--)
        {
            text.Append(Statement()).Append('\n');
        }

        return text.Append("echo \"$? $a|${b-}|$c|${arr[*]-}\"\n").ToString();
    }

    private string Statement()
    {
        if (_depth >= DepthMax)
        {
            return Simple();
        }

        _depth++;
        var statement = _dice.Roll(5) switch
        {
            0 or 1 => Compound(),
            2 => Joined(),
            3 => new ScriptFeatures(
                _dice, new ScriptWords(_dice), Statement, () => _counter++, Substituted, Beside).Feature(),
            _ => Simple(),
        };
        _depth--;
        return statement;
    }

    private string Compound()
    {
        var text = _dice.Roll(12) switch
        {
            0 => $"if {Condition()}; then {Statement()}; else {Statement()}; fi",
            1 => $"if {Condition()}; then {Statement()}; elif {Condition()}; then {Statement()}; fi",
            2 => $"for v in {Word()} {Word()}; do echo \"<$v>\"; {Statement()}; done",
            3 => $"case {Word()} in x*) {Statement()};; *[0-9]|p*) {Statement()}{_dice.Pick(";;", ";&", ";;&")} *) "
                + $"{Statement()};; esac",
            4 => $"while ((i < {_dice.Roll(3) + 1})); do i=$((i+1)); {Statement()}; done",
            5 => $"until [ $i -ge {_dice.Roll(3)} ]; do i=$((i+1)); {Statement()}; {_dice.Pick("", "continue;",
                "break;")} "
                + $"done",
            6 => $"( {Statement()}; {Statement()})",
            7 => $"{{ {Statement()}; {Statement()}; }}",
            8 => ArithmeticLoop($"j{_counter++}"),
            9 => $"( {_dice.Pick("set -e", "set +e", "trap 'echo sub' EXIT", "cd d", "a=inner", "exit 3")}; "
                + $"{Statement()} )",
            10 => Function(),
            _ => $"{_dice.Pick(ScriptWords.Names)}=$( {Substituted()}); echo $?",
        };
        return text + _dice.Roll(8) switch
        {
            0 => $" > g{_depth}; cat g{_depth}",
            1 => " >> f",
            2 => $" <<< {Word()}",
            3 => " 2>/dev/null",
            _ => string.Empty,
        };
    }

    // bash 5.2 prints a substitution with a here-document and reads it again, not always as it was.
    private string Substituted()
    {
        var text = Statement();
        return text.Contains("<<", StringComparison.Ordinal) ? Simple() : text;
    }

    // Nobody waits for a process substitution: what it writes into a file comes before or behind what follows.
    private string Beside()
    {
        var text = Substituted();
        return text.Contains('>', StringComparison.Ordinal) ? $"echo {Word()}" : text;
    }

    private string ArithmeticLoop(string name) =>
        $"for (({name}=0; {name}<{_dice.Roll(3)}; {name}++)); do echo ${name}; {Statement()}; done";

    private string Joined() => _dice.Roll(8) switch
    {
        0 => $"{Simple()} | {Filter()}",
        1 => $"{Simple()} | {Filter()} | {Filter()}; echo \"${{PIPESTATUS[@]}}\"",
        2 => $"{Simple()} && {Statement()}",
        3 => $"{Simple()} || {Statement()}",
        4 => $"{Condition()} && {Simple()} || {Simple()}",
        5 => $"! {Simple()}; echo $?",
        6 => $"{{ {Statement()}; }} | {Filter()}",
        _ => $"{Statement()}; echo $?",
    };

    private string Function()
    {
        var name = $"f{_counter++}";
        var definition = _dice.Roll(3) switch
        {
            0 => $"{name}() {{ local a=$1 {_dice.Pick("", "b", "i=0")}; {Statement()}; return {_dice.Roll(3)}; }}",
            1 => $"function {name} {{ {Statement()}; [ ${{#FUNCNAME[@]}} -lt 4 ] && {{ shift; {name} \"$@\"; }}; "
                + $"echo \"{name} $#\"; }}",
            _ => $"{name}() ( {Statement()}; {_dice.Pick("exit 2", "return 1", "false", "echo in")} )",
        };
        return $"{definition}\n{name} {Word()} {Word()}{_dice.Pick("", " || echo failed", "; echo $?", " > h; cat h")}";
    }

    private string Simple() => new ScriptWords(_dice).Simple();

    private string Word() => new ScriptWords(_dice).Word();

    private string Condition() => new ScriptWords(_dice).Condition();

    // Each reads all there is: a writer whose reader ends early may or may not notice.
    private string Filter() => _dice.Pick(
        "cat", "sort", "sort -r", "wc -l", "tr a-z A-Z", "sed -n 1,2p", "tail -n 1", "grep -c .", "{ cat > "
            + "/dev/null; false; }",
        "while read -r l; do echo \"[$l]\"; done", "{ read x; echo \"$x\"; cat; }", "sed s/x/y/", "(cat; echo tail)",
        "while IFS=: read -r l m; do echo \"$m,$l\"; done", "{ cat; exit 4; }", "{ cat >/dev/null; }",
        "{ mapfile -t m; echo \"${#m[@]} ${m[0]-}\"; }", "{ while read l; do case $l in x*) break;; esac; done; "
            + "cat; }");
}
