using System.Globalization;

namespace Midwatch.Shell.Tests.Interpretation.Differential;

/// <summary>Makes up words and simple commands.</summary>
internal sealed class ScriptWords(Dice dice)
{
    public static readonly string[] Names = ["a", "b", "c"];

    private static readonly string[] Values =
    [
        "x", "1", "7", "'p q'", "'  lead trail  '", "''", "\"\"", "a/b/c.txt", "'*'", "'x:y:z'", "$'t\\tn'", "-n",
        "12abc34", "'é'", "0", "'a\\b'", "f*", "{1..3}", "{p,q}r", "\\*", "\"it's\"", "~", "~/x", "d/*", "*/", "[a-f]*",
        "x{a,b{1,2}}y", "{3..1}", "{a..e..2}", "{01..03}", "a=~", "'a\nb'", "\"a\\\"b\\$c\"", "$'\\x41\\u00e9'", "\\~",
        "{a,}", "{,}", "a{b}", "\"{a,b}\"", "d/.*", "?", "'😀x'", "a\\ b", "--", "-x", "x#y", "!", "^", "d/f?.txt",
    ];

    private static readonly string[] Operators =
    [
        ":-d", "-d", ":+alt", "+alt", "#*[/x]", "##*/", "%.*", "%%[0-9]*", "/x/Y", "//[a-c]/-", "/#x/", "/%c*/Z",
        "^", "^^", ",,", ":1", ":1:2", ": -2", ":0:1", ":-'q r'", ":-\"q r\"", ":-$a", "/ /_", "//?/&-", "/x/[&]",
        "@Q", "@U", "#", "%", ":-~", ":=new", ":-${b}", ":-$(echo n m)", "//\\//.", "##[!x]", "%%*( )", "^[a-m]",
            ":(-2)",
        ":0:-1", "@A", "@a", "//x", "#\"$a\"", "/\"$b\"/", ",", ":$i", ":i:1",
    ];

    private static readonly string[] Arithmetic =
        ["+", "-", "*", "/ 1 +", "%5 +", "<", "==", "&&", "||", "**1 +", "^", "&", "<<", ">>", "|", "!=", ">=", ","];

    public string Simple() => dice.Roll(16) switch
    {
        0 => $"{Name()}={Value()}",
        1 => $"{Name()}={Expansion()}",
        2 => $"printf '%s|%s\\n' {Word()} {Word()}",
        3 => $"echo {Word()} >> f",
        4 => $"{Name()}+={Value()}",
        5 => $"{Name()}={Value()} env | grep -c '^PATH='",
        6 => dice.Pick("false", "true", ":", "(exit 3)", "return 2 2>/dev/null", "test -f f", "[ a = b ]",
            "((0))", "[[ a ]]",
            "cat nofile 2>/dev/null", "cd nodir 2>/dev/null", "ls d 2>/dev/null"),
        7 => $"set -- {Word()} {Word()}; echo $# \"${{1-}}\" \"$*\"",
        8 => $"arr[{Number()}]={Word()}; echo \"${{!arr[@]}}\"",
        9 => $"map[{dice.Pick("k", "y z", "$a", "\"$b\"")}]={Value()}; echo \"${{#map[@]}}\"",
        10 => $"printf {dice.Pick("'%d %x\\n'", "'%5s|%-4s|\\n'", "'%03d,%.2f\\n'", "'%q %b\\n'", "'%s\\n'",
            "'%c%%\\n'", "'%i %o\\n'",
            "'%+d %e\\n'")} {dice.Pick("7 9", "0x1f 010", "12 -3", "1 2 3", "''")}",
        11 => $"read -r {Name()} {Name()} <<< {Word()}; echo \"$?\"",
        _ => $"echo {Word()} {Word()}",
    };

    public string Condition() => dice.Roll(4) == 0
        ? $"[[ {dice.Pick("$a", "\"$b\"", "x$c", "\"${arr[0]-}\"", "p1")} {dice.Pick("==", "!=", "=~", "<")} "
            + $"{dice.Pick("x*", "\"$a\"", "[0-9]", "$b", "'p q'", "x")} ]]"
        : dice.Pick(
            "true", "false", "[ -n \"$a\" ]", "[ \"$a\" = x ]", "[[ $b == x* ]]", "((i % 2))", "[ -f f ]",
            "[[ -z $c || $a ]]", "test 3 -gt $i", "! false", "[[ $a =~ ^[a-z]+$ ]]", "grep -q x f 2>/dev/null",
            "[ -d d -a -f f ]", "[ ! -e d ]", "[[ -v a ]]", "[[ -v arr[1] ]]", "test", "[ '' ]", "[[ ! $a == x ]]",
            "[ \"$a\" \\< \"$b\" ]", "[[ $a < $b && $i -lt 3 ]]", "((i == 0 || a))", "[ -z \"${unset_x-}\" ]",
                "false | true",
            "{ false; true; }", "(exit 1)", "[[ abc == @(abc|d) ]]", "[[ $i -eq 0 ]]", "[ x ] && false");

    public string Word() => dice.Roll(8) switch
    {
        0 => Expansion(),
        1 => $"\"{Expansion()}\"",
        2 => $"p{Expansion()}\"s {Expansion()}\"",
        3 => $"\"$(echo {Expansion()})\"",
        4 => $"$(({Number()} {dice.Pick(Arithmetic)} {Number()}))",
        _ => Value(),
    };

    public string Expansion() => dice.Roll(10) switch
    {
        0 or 1 or 2 => "$" + Name(),
        3 => dice.Pick("${arr[@]}", "${arr[*]}", "${#arr[@]}", "${arr[1]-}", "${arr[-1]}", "${!arr[@]}", "${arr[@]:1}",
            "${arr[@]/o/0}", "${arr[0]}", "${#arr[0]}", "${map[k]-}", "${!map[@]}", "${map[@]}", "${arr[i]-}",
                "${arr[@]: -1}"),
        4 => dice.Pick("$#", "$?", "$*", "$@", "${1-}", "${@:1:1}", "${#}", "$_", "${!a-}", "$((i++))", "$((++i))",
            "${#*}", "$((a))", "$(($i+1))", "${x_unset-}", "${10-}", "$((i ? 1 : 2))", "`echo b`", "$(echo 'c  "
                + "d')", "$(< /dev/null)"),
        _ => $"${{{Name()}{dice.Pick(Operators)}}}",
    };

    public string Number() => dice.Roll(3) switch
    {
        0 => "i",
        1 => dice.Pick("0x1f", "010", "16#ff", "2#101", "i++", "-3", "(1+2)", "(i+=2)", "!i", "~i"),
        _ => dice.Roll(20).ToString(CultureInfo.InvariantCulture),
    };

    public string Value() => dice.Pick(Values);

    public string Name() => dice.Pick(Names);
}
