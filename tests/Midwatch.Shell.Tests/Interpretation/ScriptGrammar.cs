using System.Globalization;
using System.Text;

namespace Midwatch.Shell.Tests.Interpretation;

/// <summary>Makes up scripts: the same seed gives the same script.</summary>
internal sealed class ScriptGrammar(uint seed)
{
    private static readonly string[] Names = ["a", "b", "c"];

    private static readonly string[] Values =
    [
        "x", "1", "7", "'p q'", "'  lead trail  '", "''", "\"\"", "a/b/c.txt", "'*'", "'x:y:z'", "$'t\\tn'", "-n",
            "12abc34", "'é'", "0",
        "'a\\b'", "f*", "{1..3}", "{p,q}r", "\\*", "\"it's\"",
    ];

    private static readonly string[] Operators =
    [
        ":-d", "-d", ":+alt", "+alt", "#*[/x]", "##*/", "%.*", "%%[0-9]*", "/x/Y", "//[a-c]/-", "/#x/", "/%c*/Z",
            "^", "^^", ",,", ":1", ":1:2",
        ": -2", ":0:1", ":-'q r'", ":-\"q r\"", ":-$a", "/ /_",
    ];

    private static readonly string[] Filters =
        ["cat", "sort", "sort -r", "wc -l", "tr a-z A-Z", "head -n 2", "tail -n 1", "grep -c .",
            "while read -r l; do echo \"[$l]\"; done", "{ read x; echo \"$x\"; }"];

    private static readonly string[] Conditions =
    [
        "true", "false", "[ -n \"$a\" ]", "[ \"$a\" = x ]", "[[ $b == x* ]]", "((i % 2))", "[ -f f ]",
            "[[ -z $c || $a ]]", "test 3 -gt $i", "! false",
        "[[ $a =~ ^[a-z]+$ ]]", "grep -q x f 2>/dev/null",
    ];

    private static readonly string[] Arithmetic =
        ["+", "-", "*", "/ 1 +", "%5 +", "<", "==", "&&", "||", "**1 +", "^", "&", "<<"];

    private uint _state = seed | 1;
    private int _depth;
    private int _functions;

    public string Script()
    {
        var text = new StringBuilder("i=0\n");
        for (var n = 3 + Roll(5); n > 0; n--)
        {
            text.Append(Statement()).Append('\n');
        }

        return text.Append("echo \"$? $a|$b|$c\"\n").ToString();
    }

    private string Statement()
    {
        if (_depth > 2)
        {
            return Simple();
        }

        _depth++;
        var statement = Roll(16) switch
        {
            0 => $"if {Pick(Conditions)}; then {Statement()}; else {Statement()}; fi",
            1 => $"for v in {Word()} {Word()}; do echo \"<$v>\"; {Statement()}; done",
            2 => $"case {Word()} in x*) {Statement()};; *[0-9]) {Statement()};; *) {Statement()};; esac",
            3 => $"while ((i < {Roll(3) + 1})); do i=$((i+1)); {Statement()}; done",
            4 => $"{Simple()} | {Pick(Filters)}",
            5 => $"{Simple()} && {Simple()} || {Simple()}",
            6 => $"({Statement()}; {Statement()})",
            7 => $"{{ {Statement()}; {Statement()}; }} > g{_depth}; cat g{_depth}",
            8 => Function($"f{_functions++}"),
            9 when _depth == 1 => $"cat <<EOF\n{Expansion()} $(echo {Word()})\nEOF",
            10 => $"set -- {Word()} {Word()}; echo $# \"$1\" \"$*\"; printf '<%s>' \"$@\"; echo",
            11 => $"arr=({Word()} {Word()}); echo ${{#arr[@]}} \"${{arr[{Roll(3)}]}}\" ${{arr[@]}}",
            12 => $"echo $(({Number()} {Pick(Arithmetic)} {Number()}))",
            13 => $"! {Simple()}; echo $?",
            14 => $"{Pick(Names)}=$( {Statement()}); echo $?",
            _ => Simple(),
        };
        _depth--;
        return statement;
    }

    private string Function(string name) =>
        $"{name}() {{ local a=$1; {Statement()}; return {Roll(4)}; }}; {name} {Word()}; echo $?";

    private string Simple() => Roll(7) switch
    {
        0 => $"{Pick(Names)}={Pick(Values)}",
        1 => $"{Pick(Names)}={Expansion()}",
        2 => $"printf '%s|%s\\n' {Word()} {Word()}",
        3 => $"echo {Word()} >> f",
        4 => $"{Pick(Names)}+={Pick(Values)}",
        5 => $"{Pick(Names)}={Pick(Values)} env | grep -c '^PATH='",
        _ => $"echo {Word()} {Word()}",
    };

    private string Word() => Roll(6) switch
    {
        0 => Expansion(),
        1 => $"\"{Expansion()}\"",
        2 => $"p{Expansion()}\"s {Expansion()}\"",
        3 => $"\"$(echo {Expansion()})\"",
        _ => Pick(Values),
    };

    private string Expansion() => Roll(3) == 0 ? "$" + Pick(Names)
        : $"${{{Pick(Names)}{(Roll(3) == 0 ? string.Empty : Pick(Operators))}}}";

    private string Number() => Roll(3) == 0 ? "i" : Roll(20).ToString(CultureInfo.InvariantCulture);

    private string Pick(string[] from) => from[Roll(from.Length)];

    // Lehmer's generator: what .NET's gives may change between versions.
    private int Roll(int below)
    {
        _state = (uint)((ulong)_state * 48271 % 0x7fffffff);
        return (int)(_state % (uint)below);
    }
}
