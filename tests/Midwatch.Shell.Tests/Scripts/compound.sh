if true; then echo a; else echo b; fi
#---
if false; then echo a; elif true; then echo b; else echo c; fi; echo $?
#---
if false; then echo a; fi; echo $?
#---
while read l; do echo "<$l>"; done <<EOF
one
  two three
EOF
#---
printf 'a b c\nd e f\n' | while read x y; do echo "$y-$x"; done
#---
printf 'a:b:c\n' | { IFS=: read x y z; echo $z$y$x; }
#---
printf 'a\\tb\n' | { read x; echo "$x"; }; printf 'a\\tb\n' | { read -r x; echo "$x"; }
#---
printf 'x' | { read v; echo "$? $v"; }; read v < /dev/null; echo "$?[$v]"
#---
printf '1 2 3 4\n' | { read -a arr; echo ${#arr[@]} ${arr[3]}; }
#---
printf 'a,b\n' | { IFS=, read -r a b; echo $b $a; }
#---
printf '  sp aced  \n' | { IFS= read -r l; echo "<$l>"; }
#---
printf 'abcdef\n' | { read -n 3 x; echo $x; }
#---
printf 'a\0b\0' | while IFS= read -r -d '' x; do echo "[$x]"; done
#---
echo r | { read; echo $REPLY; }
#---
i=0; until [ $i -ge 3 ]; do echo $i; i=$((i+1)); done
#---
for x in a b c; do [ $x = b ] && continue; echo $x; done
#---
for x in a b c; do [ $x = b ] && break; echo $x; done; echo $x
#---
for i in 1 2; do for j in a b; do [ $j = b ] && continue 2; echo $i$j; done; done
#---
for i in 1 2; do for j in a b; do break 2; done; done; echo $i$j
#---
for x; do echo $x; done; set -- p q; for x; do echo $x; done
#---
for x in; do echo $x; done; echo $?
#---
case abc in a*) echo first;; *) echo other;; esac
#---
case x in a|x) echo ax;; esac; case y in a) echo a;; esac; echo $?
#---
case "a b" in "a b") echo quoted;; esac; case '*' in '*') echo star;; esac; case z in \*) echo no;; *) echo any;; esac
#---
x=b; case $x in a) echo a;; b) echo b;& c) echo c;; d) echo d;; esac
#---
case abc in a*) echo 1;;& *c) echo 2;;& *z) echo 3;; *b*) echo 4;; esac
#---
case foo.txt in (*.md) echo md;; (*.txt) echo txt;; esac
#---
case 5 in [0-4]) echo low;; [5-9]) echo high;; esac; case k in [!a-j]) echo not;; esac; case A in [[:upper:]]) echo upper;; esac
#---
f() { echo "in $1"; return 3; }; f x; echo $?
#---
function g { echo g; }; g; function h() { echo h; }; h
#---
f() { local x=1; x=2; echo $x; }; x=9; f; echo $x
#---
f() { x=2; }; x=9; f; echo $x
#---
f() { local x; echo "[$x]"; x=1; g; }; g() { echo $x; }; x=0; f
#---
f() { if [ $1 -le 0 ]; then return; fi; echo $1; f $(($1-1)); }; f 3
#---
f() { echo $@; shift; echo $@; }; f a b c; echo $#
#---
f() { return; }; false; f; echo $?
#---
f() { cat; }; echo piped | f
#---
f() { echo out; echo err >&2; } 2>/dev/null; f
#---
f() { exit 5; }; f; echo never
#---
(f() { echo sub; }; f); f 2>/dev/null || echo none
#---
f() { local a=1 b=$1; echo $a$b; }; f 2
#---
{ echo a; echo b; } | wc -l
#---
(echo a; echo b) | tail -n 1
#---
if [ -d /tmp ] && [ ! -f /tmp ]; then echo dir; fi
#---
[ a = a ] && [ a != b ] && [ 1 -lt 2 ] && [ -n x ] && [ -z "" ] && echo all
#---
[ "" ]; echo $?; [ x ]; echo $?; [ ]; echo $?; [ ! x ]; echo $?; [ ! "" ]; echo $?
#---
test 1 -eq 1 -a 2 -eq 2; echo $?; test 1 -eq 2 -o 2 -eq 2; echo $?; [ \( 1 -eq 1 \) ]; echo $?
#---
[ 1 -eq x ] 2>/dev/null; echo $?; [ a b ] 2>/dev/null; echo $?; [ a 2>/dev/null; echo $?
#---
touch f; [ -e f ] && [ -f f ] && [ ! -s f ] && [ -r f ] && echo file; [ -d f ]; echo $?; chmod +x f; [ -x f ] && echo x
#---
ln -s nowhere l; [ -L l ] && [ ! -e l ] && echo dangling; rm l
#---
[[ a == a* ]] && echo glob; [[ a == "a*" ]] || echo quoted; [[ a != b ]] && echo ne; [[ -n x && -z "" ]] && echo and
#---
[[ abc =~ ^a(.)c$ ]] && echo "${BASH_REMATCH[0]} ${BASH_REMATCH[1]}"; [[ abc =~ x ]]; echo $?
#---
[[ 'a.c' =~ a\.c ]] && echo dot; [[ 'abc' =~ a\.c ]] || echo nodot; [[ 'a.c' =~ "a.c" ]] && echo q; r='^[0-9]+$'; [[ 123 =~ $r ]] && echo num
#---
[[ 1 -lt 2 && ( a == b || c == c ) ]] && echo ok; [[ ! a == b ]] && echo not; x=5; [[ x -eq 5 ]] && echo arith
#---
x='a b'; [[ $x == 'a b' ]] && echo nosplit; [[ $x ]] && echo word; [[ $nope ]] || echo empty
#---
[[ a < b ]] && echo lt; [[ b > a ]] && echo gt
#---
[[ foo == @(foo|bar) ]] && echo ext; [[ baz == !(foo|bar) ]] && echo notext; [[ aaa == +(a) ]] && echo plus
#---
[[ -v HOME ]] && echo v; [[ -v NOPE_X ]] || echo nv
#---
x=1; while true; do x=$((x*2)); [ $x -gt 100 ] && break; done; echo $x
#---
echo a b c | while read x y z; do echo $z $y $x; done
#---
while :; do break; done; echo $?
#---
until false; do break; done; echo $?; while false; do :; done; echo $?
#---
ls /nonexistent 2>&1 | grep -c nonexistent
#---
ls /nonexistent |& grep -c nonexistent
#---
{ echo out; echo err >&2; } 2>&1 | sort
#---
{ echo out; echo err >&2; } 2>f; cat f
#---
{ echo a >&3; } 3>f; cat f
#---
exec_out() { echo 1; echo 2 >&2; }; exec_out 3>&1 1>&2 2>&3 | cat
#---
echo a >f; { cat; echo b; } <f
#---
echo hi 1>&2 2>/dev/null | cat; echo x
#---
set -C; echo a > f; echo b > f; echo $?; echo c >| f; cat f
#---
echo a > f; echo b <> f 1>&0; cat f
#---
> f; test -f f && echo created; < f
#---
2>&1 echo early; >f echo late; cat f
#---
x=1 y=2; echo $((x+y)); x=10 echo $x
#---
f() { echo "$x"; }; x=1; x=2 f; echo $x
#---
x=1 true; echo "[$x]"; x=5 :; echo "[$x]"
#---
command -v sh; command -v echo; command -v nosuch_x; echo $?; command echo via
#---
type echo; type nosuch_x 2>/dev/null; echo $?
#---
set -- a b; f() { echo $1; set -- z; echo $1; }; f q; echo $1
#---
set -e; (false; echo no); echo never
#---
set -e; { false; } || echo saved; while false; do :; done; echo end
#---
set -e; f() { return 1; }; if f; then echo no; fi; f && echo no; ! f; echo ok; f; echo never
#---
set -o pipefail -e; echo x | false | cat; echo never
#---
set +e; false; echo on
#---
trap_free=1; echo $trap_free
#---
sleep 5 & kill $!; wait $! ; echo $?
#---
for i in 1 2 3; do (echo $i > f$i) & done; wait; cat f1 f2 f3
#---
x=$(sleep 0.01; echo v) ; echo $x
#---
a=1; a=2 b=$a; echo $b
#---
unset x; x=${x:-1}${x:-2}; echo $x
#---
echo one; echo two; # three
#---
if ! grep -q nothing /dev/null; then echo absent; fi
#---
[ $(echo 3) -gt 2 ] && echo bigger
#---
count=0; for f in a b; do count=$((count + 1)); done; echo "$count files"
#---
n=3; for i in $(seq 1 $n); do echo -n "$i "; done; echo
#---
printf '%s\n' b a c | sort | while read -r l; do echo "line: $l"; done
#---
cat /dev/null | while read x; do echo no; done; echo $?
#---
find . -name '*.nope' -exec echo {} \; ; echo $?
#---
echo '{"a": 1}' | sed 's/a/b/' | tr -d '"'
#---
awk 'BEGIN { print "x" 1+1 }'
#---
echo a b | xargs -n1 echo item
#---
date +%Y | grep -c '^[0-9]\{4\}$'
#---
exit 300
#---
exit -1
#---
f() { return 300; }; f; echo $?
#---
break; echo $?; continue; echo $?
#---
return 1 2>/dev/null; echo $?
#---
(exit 2) || (exit 3); echo $?
#---
true & false & wait; echo $?
#---
set -E
trap 'echo err' ERR
false | cat
cd nodir 2>/dev/null | cat
(exit 3) | cat
{ false; } | cat
f() { return 2; }; f | cat
[[ a == b ]] | cat
((0)) | cat
for x in 1; do false; done | cat
{ cat; false; } < /dev/null | cat
#---
f() { trap 'echo R $?' ERR; return 2; }
f
echo $?
f
#---
set -u
trap 'echo bye $?' EXIT
a=x
for v in $((a)); do :; done > g
#---
trap 'echo bye $?' EXIT
{ exit 1; } > g
#---
set -u
trap 'echo bye' EXIT
{ echo ${zz:?no}; } > g
#---
set -u
trap 'echo "bye $x"' EXIT
x=g; f() { local x=l; { echo $zz; } > f; }; f
#---
set -u
trap 'echo bye' EXIT
f() { echo $((zz)); }; f > f
#---
set -u
(trap 'echo bye' EXIT; { echo $zz; } > f) > g
echo $?
#---
set -u
for a in 'p q' '1 q' 'p + * 2' '0 * * zz' '0x1f + zz'; do ( echo $((a)); echo after ); echo $?; done
#---
mapfile -t m < <(printf 'a\0b\nc\n'); echo "${#m[@]} ${m[@]}"
mapfile m < <(printf '\0b\nc'); echo "${#m[@]} ${m[@]}"
