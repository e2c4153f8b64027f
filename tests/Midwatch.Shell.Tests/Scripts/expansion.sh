x='a b  c'; echo $x; echo "$x"
#---
x='a b'; set -- $x; echo $#
#---
x=; set -- $x "$x" ''; echo $#
#---
unset x; echo "[$x]" [$x]
#---
x=abc; echo ${x}def ${x:1} ${x:1:1} ${x: -1} ${x:0:-1}
#---
x=abc; echo ${#x} ${#y}
#---
echo ${x:-default} ${x-default} ${x:+alt}; x=; echo "[${x:-d}][${x-d}][${x:+a}][${x+a}]"
#---
echo ${x:=assigned}; echo $x
#---
echo ${x:?is missing}; echo never
#---
(echo ${x?gone}) 2>/dev/null; echo $?
#---
f=/path/to/file.tar.gz; echo ${f##*/} ${f#*/} ${f%.*} ${f%%.*}
#---
x=aXbXc; echo ${x/X/-} ${x//X/-} ${x/#a/Z} ${x/%c/Z} ${x//X}
#---
x=hello; echo ${x^} ${x^^} ${x,} ; y=HELLO; echo ${y,,} ${y,}
#---
x='a*b'; echo ${x/\*/star} "${x%\**}"
#---
x=abcabc; echo ${x/b*/Z} ${x//[ab]/_}
#---
x="it's"; echo "${x@Q}"
#---
y=x; x=5; echo ${!y}
#---
a_1=1; a_2=2; echo ${!a_*} "${!a_@}"
#---
set -- a b c; echo $# $1 $3 "$@" "$*"
#---
set -- 'a b' c; for i in "$@"; do echo "<$i>"; done; for i in $@; do echo "<$i>"; done; for i in "$*"; do echo "<$i>"; done
#---
set -- a b c d; echo "${@:2}" "${@:2:2}" ${@: -1}
#---
set -- a b c; shift; echo $@; shift 2; echo $#; shift; echo $?
#---
set --; echo "$@" $# ; printf '<%s>' "$@" "x$@y"; echo
#---
set -- 1 2; printf '<%s>' "x$@y" "$@$@"; echo
#---
IFS=:; x=a:b::c:; set -- $x; echo $#; printf '<%s>' "$@"; echo
#---
IFS=', '; x='a, b,c ,d,,e'; set -- $x; printf '<%s>' "$@"; echo
#---
IFS=; x='a b'; set -- $x; echo $#
#---
IFS=-; set -- a b c; echo "$*"; echo $*
#---
unset IFS; x=' a b '; set -- $x; echo $#
#---
x=' lead'; set -- a$x; printf '<%s>' "$@"; echo
#---
x='trail '; set -- $x'b'; printf '<%s>' "$@"; echo
#---
echo {a,b,c} x{1,2}y {1..5} {5..1} {a..e} {01..03} {1..10..3}
#---
echo {a,b}{1,2} {a,{b,c}}d {} {a} {,x}y
#---
echo "{a,b}" '{a,b}' \{a,b\} {a\,b} ${x}{a,b}
#---
x=1,2; echo {$x,3}
#---
echo a{b,c}"d e"{f,g}
#---
echo {-2..2} {z..w} {1..3}{a,b}
#---
echo ~ | grep -c /; echo ~/x | grep -c x; echo "~" a~ ~nosuchuser_zz
#---
x=~; [ "$x" = "$HOME" ] && echo tilde
#---
PATHX=~/a:~/b; [ "$PATHX" = "$HOME/a:$HOME/b" ] && echo colons
#---
touch a1 a2 b1 .h; echo *; echo a*; echo ?1; echo [ab]1; echo z*; echo .h*; echo [!a]*
#---
touch 'sp ace' star; for f in *; do echo "<$f>"; done
#---
mkdir d; touch d/x d/y; echo d/* */x ./d/*
#---
touch a b; x='*'; echo $x "$x" '*' \*
#---
touch a.txt b.txt c.md; echo *.txt; set -f; echo *.txt
#---
touch 'a*b' 'axb'; echo 'a*'b a\*b "a*b"*
#---
echo $((1+2*3)) $(((1+2)*3)) $((7/2)) $((7%3)) $((2**10)) $((-7/2)) $((1<<4)) $((5&3)) $((5|3)) $((5^3)) $((~5)) $((!5)) $((!0))
#---
x=5; echo $((x+1)) $(($x+1)) $((x++)) $x $((++x)) $((x--)) $x $((x+=3)) $((x*=2))
#---
echo $((1<2)) $((2<=2)) $((3>4)) $((1==1)) $((1!=1)) $((1&&0)) $((1||0)) $((1?2:3)) $((0?2:3))
#---
echo $((0x1f)) $((010)) $((2#101)) $((16#ff)) $((36#z))
#---
x=1+2; echo $((x*2)) $(($x*2))
#---
echo $(( 1 , 2 )) $((a=3,b=a*2)) $a $b
#---
echo $((9223372036854775807+1))
#---
echo $((1/0)); echo after $?
#---
((1/0)); echo after $?; let 1/0; echo $?
#---
x=abc; echo $((x)) $((undefinedv+1))
#---
((3>2)) && echo yes; ((0)) || echo zero; ((x=5)); echo $x
#---
let x=3+4 y=x*2; echo $x $y; let z=0; echo $?
#---
i=0; while ((i<3)); do echo $i; ((i++)); done
#---
for ((i=0;i<3;i++)); do echo $i; done; for ((;;)); do break; done; echo $i
#---
a=(x y 'z w'); echo ${a[0]} ${a[1]} "${a[2]}" ${#a[@]} "${a[@]}" ${!a[@]}
#---
a=(x y); a+=(z); a[5]=q; echo "${a[@]}" ${#a[@]} "${!a[@]}" ${a[-1]} ${a[*]}
#---
a=(1 2 3); for i in "${a[@]}"; do echo $i; done; unset 'a[1]'; echo "${a[@]}" ${#a[@]}
#---
a=(one two three); echo "${a[@]:1}" "${a[@]:0:2}" ${a[@]/o/0} ${a[@]^}
#---
a=($(echo p q r)); echo ${#a[@]}; b=("${a[@]}" s); echo ${#b[@]} ${b[3]}
#---
a=([2]=x [0]=y z); echo "${a[@]}" "${!a[@]}"
#---
a=(); echo ${#a[@]} "${a[@]}"; for i in "${a[@]}"; do echo no; done
#---
x=plain; echo ${x[0]} ${#x[@]}
#---
declare -i n=5; n+=3; echo $n; n=2*4; echo $n
#---
readonly r=1; r=2; echo not reached
#---
readonly r=1; (r=2) 2>/dev/null; echo $? $r
#---
declare x=1 y; echo "$x[$y]"; declare -r z=3; echo $z
#---
echo "${x:-a b}" ${x:-a b}; set -- ${x:-a b}; echo $#; set -- "${x:-a b}"; echo $#; set -- ${x:-"a b" c}; echo $#
#---
x='a b'; y=${x:-q}; echo "$y"; z=$x$x; echo "$z"
#---
echo "a${x}b" "a$x"b 'a'"b"c
#---
echo $'a\'b' $'\x41\u00e9' $'\101' "$'no'"
#---
x=$'line1\nline2'; echo "$x"; echo $x
#---
echo "\$x \"q\" \\ \a \`"
#---
echo \$x \"q\" \\ \a a\ b
#---
echo "a
b"
#---
x="a'b"; echo $x "${x}'"
#---
echo $$ | grep -c '^[0-9]*$'; echo "$#" $-x | wc -l
#---
f() { echo $# "$1"; }; f "a b" c; f; f ''
#---
echo "${x:-"nested "quotes""}" "${x:-'single'}" ${x:-'single'}
#---
x=abc; echo "${x#"a"}" "${x%'c'}" ${x#[a]}
#---
x='a/b/c'; echo ${x//\//-} "${x//\//.}" ${x/\//}
#---
p='b*'; x=abcb; echo ${x%$p} ${x%"$p"} ${x%%b*}
#---
x=äöü; echo ${#x} ${x:1:1} ${x^^}
#---
echo ${x+set} ${HOME:+yes}
#---
x=5; echo $x% $x. $x- "$x" $x,y ${x}y
#---
echo $ a$ "$" $% 2>&1
#---
echo "$(cat <<EOF
in heredoc
EOF
)"
#---
echo $(< /dev/null)x; echo hi > f; echo $(<f)
#---
echo "$(echo "$(echo "a  b")")"
#---
x=$(printf 'a\tb\n c'); echo "$x"; echo $x
#---
{ cat <<EOF
${c:=new} $(echo "p$c") $((n += 2)) $(echo $n)
EOF
}
echo "<$c>" "<$n>"
#---
set -u
echo ${#m[@]}; echo same line
echo next
f() { echo ${#m[*]}; echo in; }; f; echo same
x=$(echo ${#m[@]}; echo in); echo "$?"
#---
IFS=,
arr=("" "two 2" three "" "")
printf '<%s>' ${arr[*]} - ${arr[@]} - p${arr[@]}s
set -- "${arr[@]}"
printf '<%s>' $* - $@
#---
IFS='x '
declare -A map=([x]=1)
arr=(x k)
printf '<%s>' ${!map[@]} - ${arr[@]} - ${arr[*]}
set -- x k
printf '<%s>' $@ - $*
#---
unset arr
echo "p${arr[@]: -1}s" "${arr[@]:0}" "${arr[*]:1:1}"
#---
for p in '{a,b}' 'x{a' 'a{' 'a{1}' '^a{,2}$' 'a}' '({a})' 'a{1,b}' 'a{2,}' '(a|{1})'; do
  [[ aa =~ $p ]]; echo "$p $?"
done
#---
HOME='/a o/b' IFS=o c=
printf '<%s>' ~ ${c:-~} ${c:-~/pot} ${c:-a:~}
for i in ${c:-~/t}; do echo "[$i]"; done
#---
HOME='/*' c=
echo ~ ${c:-~}
case '/*' in ~) echo same;; *) echo other;; esac
case /tmp in ~) echo same;; *) echo other;; esac
[[ /tmp == ~ ]] && echo pattern
#---
HOME= c=
set -- ~; echo $#
set -- ${c:-~}; echo $#
#---
HOME=/h
P=~:~/x:a~; echo "$P"
echo a=~ a=~/x:~/y b~ ~"" ~"x" x:~ y:z=~ =~ "~" \~
