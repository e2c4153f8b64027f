namespace Midwatch.Shell.Tests.Interpretation.Differential;

/// <summary>Makes up commands that show one feature each, with made-up parts.</summary>
internal sealed class ScriptFeatures(Dice dice, ScriptWords words, Func<string> statement, Func<int> next,
    Func<string> substituted, Func<string> beside)
{
    public string Feature() => dice.Roll(34) switch
    {
        0 => $"{{ cat <<EOF\n{Expansion()} $(echo {Word()}) \\$x `echo t`\nEOF\n}}",
        1 => $"{{ cat <<'EOF'\n{Expansion()} $(echo x)\nEOF\n}}",
        2 => $"{{ cat <<-EOF\n\ta {Expansion()}\n\t\tEOF\n}}",
        3 => $"{{ cat <<A; cat <<B\n{Expansion()}\nA\n$(cat <<C\ninner {Expansion()}\nC\n)\nB\n}}",
        4 => $"{{ while read -r l; do echo \"[$l]\"; {statement()}; done <<EOF\n{Expansion()}\nsecond\nEOF\n}}",
        5 => $"while read -r l; do echo \"[$l]\"; done < <( {beside()} )",
        6 => $"diff <( {beside()} ) <(echo x) > /dev/null; echo $?",
        7 => $"r{next()}() {{ [ $1 -le 0 ] && return 0; echo $1; r $(($1-1)); }}; r() {{ r0 \"$@\"; }}; r0() {{ [ "
            + $"$1 -le 0 ] "
            + "&& return 3; echo $1; r0 $(($1-1)); }; r0 5; echo $?",
        8 => $"fib() {{ (( $1 < 2 )) && {{ echo $1; return; }}; echo $(( $(fib $(($1-1))) + $(fib $(($1-2))) )); "
            + $"}}; fib 5",
        9 => $"( trap 'echo T{dice.Roll(9)} $?' EXIT; {statement()} ); echo $?",
        10 => $"x=$(trap 'echo T' EXIT; {substituted()}); echo \"$x\"",
        11 => $"trap {dice.Pick("- EXIT", "- ERR", "'' ERR", "'echo E2' EXIT", "'echo R $?' ERR")}",
        12 => $"(set -e; {statement()}; echo reached); echo $?",
        13 => $"set -e; {statement()} || true; set +e",
        14 => $"eval {dice.Pick("'echo $a'", "'a=5; echo $a'", "'false'", "\"echo 'x y'\"",
            "'for q in 1 2; do echo $q; done'")}",
        15 => $"while getopts {dice.Pick("ab:c", ":ab:", "b:")} o {dice.Pick("-a -b v rest", "-ab v", "-bv -x",
            "-b", "-c -- -a", "x -a")} "
            + "2>/dev/null; do echo \"$o ${OPTARG-}\"; done; echo $OPTIND; OPTIND=1",
        16 => $"mapfile -t m < <(printf '%s\\n' {Word()} {Word()}); echo ${{#m[@]}} \"${{m[@]}}\"",
        17 => $"readarray -t -n 1 m <<< {Word()}; echo \"${{m[0]-}}\"",
        18 => $"IFS={dice.Pick(":", ",", "', '", "''", "x", "' '")}; {words.Simple()}; echo {Expansion()} \"$*\"; "
            + $"unset IFS",
        19 => $"{{ echo out; echo err >&2; }} {dice.Pick("2>&1", "2>/dev/null", ">/dev/null 2>&1",
            "> o 2> e; cat o e", "&> o; cat o")} ",
        20 => $"exec 3> o3; echo {Word()} >&3; {statement()}; exec 3>&-; cat o3",
        21 => $"{{ {statement()}; }} 3>&1 >&2 2>/dev/null",
        22 => $"declare -i n{next()}=5+{dice.Roll(5)}; declare -u up=abc; declare -l lo=ABC; echo $up $lo; "
            + $"declare -r ro=1; "
            + "(ro=2) 2>/dev/null; echo $?",
        23 => $"ref() {{ local -n r=$1; r={Word()}; r+=z; }}; ref {words.Name()}; echo \"${words.Name()}\"",
        24 => $"unset {dice.Pick("a", "b", "arr", "'arr[0]'", "-v c", "map", "-f f0", "'map[k]'")}; a=${{a-u}}",
        25 => $"printf -v {words.Name()} '%s-%03d' {Word()} {dice.Roll(50)}",
        26 => $"{words.Simple()} & wait $!; echo $?",
        27 => $"( {statement()} ) & wait; echo done",
        28 => "pushd d >/dev/null 2>&1 && { pwd | sed 's/.*work//'; popd > /dev/null; }; cd \"$OLDPWD\" "
            + "2>/dev/null; pwd | wc -l",
        29 => $"yes | head -n {dice.Roll(3) + 1}; echo ${{PIPESTATUS[0]}}",
        30 => $"local x=1 2>/dev/null; echo $?; {statement()}",
        31 => $"echo {Word()} | {{ read -r q w; echo \"$w/$q\"; {statement()}; }}",
        32 => $"for w in {dice.Pick("\"${arr[@]}\"", "${arr[@]}", "\"${!map[@]}\"", "\"$@\"", "${b}", "$(seq 3)",
            "{1..3}")}; do "
            + $"[ \"$w\" = 2 ] && continue; echo \"w $w\"; {dice.Pick("", "break;", "continue 2;")} done",
        _ => $"command {dice.Pick("echo x", "-v echo", "-v no_such", "true", "printf '%s\\n' a", "false")}; type "
            + $"-t {dice.Pick("echo", "if", "ls", "f0", "r0")}",
    };

    private string Word() => words.Word();

    private string Expansion() => words.Expansion();
}
