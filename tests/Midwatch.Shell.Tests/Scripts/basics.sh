echo hello world
#---
echo "a  b" c   d 'e  f' $'tab\there' "x$(echo y)z"
#---
false; echo $?
#---
true && echo yes || echo no
#---
false && echo yes || echo no
#---
false || false || echo third
#---
! true; echo $?
#---
! false && echo inverted
#---
exit 3
#---
echo a; exit
#---
false; exit
#---
printf '%s\n' one two three | sort -r | head -n 2
#---
echo out; echo err >&2
#---
yes | head -n 1
#---
yes | head -n 3 | tail -n 1; echo "${PIPESTATUS[@]}"
#---
false | true; echo $?
#---
true | false; echo $?
#---
set -o pipefail; false | true; echo $?
#---
set -e; echo a; false; echo b
#---
set -e; if false; then echo no; fi; echo still
#---
set -e; false || echo rescued; false && echo no; echo end
#---
set -e; f() { false; echo in f; }; f || echo caught; f; echo never
#---
set -e; x=$(false); echo never
#---
set -e; echo $(false) ok
#---
set -eu; echo ${x:-unset}; echo $x; echo never
#---
set -u; echo "$y"; echo never
#---
(exit 4); echo $?
#---
x=1; (x=2; echo $x); echo $x
#---
x=1; { x=2; echo $x; }; echo $x
#---
a=1 b=2; echo $a$b
#---
a=1 env | grep '^a='
#---
a=1; env | grep -c '^a='
#---
export a=1; env | grep '^a='
#---
export a; a=5; env | grep '^a='
#---
a=1; export a; unset a; echo "[$a]"
#---
echo one\
two
#---
echo one \
  two
#---
echo '#no' a#b # comment
#---
# only a comment
#---

#---
sleep 0.05 & wait; echo done
#---
(exit 7) & wait $!; echo $?
#---
sh -c 'exit 9' & wait $!; echo $?
#---
{ sleep 0.05; echo later; } & echo now; wait
#---
echo a > f; echo b >> f; cat f
#---
echo a > f 2>&1; cat < f
#---
ls /nonexistent > f 2>&1; test -s f && echo has content; rm f
#---
ls /nonexistent &> f; test -s f && echo has; rm f
#---
echo x 2>/dev/null
#---
ls /nonexistent 2>/dev/null; echo $?
#---
cat < /nonexistent; echo $?
#---
c=nosuchcommand_x; $c || echo failed $?
#---
{ echo a; echo b; } > f; cat f
#---
for i in 1 2; do echo $i; done > f; cat f
#---
echo a | { read x; echo "got $x"; }
#---
echo a | cat | cat | cat
#---
echo $(echo a; echo b)
#---
echo "$(echo a; echo b)"
#---
echo "$(printf 'a\n\n\n')"b
#---
echo `echo back`
#---
echo `echo \`echo nested\``
#---
echo "`echo "q"`"
#---
echo $(echo $(echo deep))
#---
x=$(exit 3); echo $?
#---
echo $(exit 3); echo $?
#---
x=a; x+=b; echo $x
#---
cat <<EOF
hello $HOME_X world
$(echo sub) `echo tick` $((1+2)) \$notvar \\ "quotes" 'single'
EOF
#---
cat <<'EOF'
hello $x $(echo no) \$
EOF
#---
x=5
cat <<-EOF
	tab $x
	  kept
	EOF
#---
cat <<A; cat <<B
first
A
second
B
#---
cat <<EOF | tr a-z A-Z
piped
EOF
#---
cat <<< "here $((2*3))"
#---
x='a b'; cat <<< $x
#---
cat <<EOF
line one \
continued
EOF
#---
cat <<"E F"
x $y
E F
#---
cd /tmp && pwd
#---
cd /usr; cd ..; pwd
#---
cd /tmp; cd - > /dev/null; [ "$PWD" = "$HOME" ] && echo back
#---
cd /nonexistent || echo no
#---
(cd /usr; pwd); [ "$PWD" = "$HOME" ] && echo same
#---
mkdir -p a/b; cd a/b; cd ../..; [ "$PWD" = "$HOME" ] && echo home
#---
echo -n a; echo b
#---
echo -e 'a\tb\n\x41\0101\e[0m'
#---
echo -ne 'x\ny'
#---
echo -E 'a\tb'
#---
echo -x -n
#---
echo --
#---
echo -e 'a\cb' c
#---
printf '%5s|%-5s|%05d|%x|%o|%c\n' ab cd 42 255 8 xyz
#---
printf '%s %s\n' a b c d e
#---
printf '%d\n' 0x10 010 -5 "'A"
#---
printf '%.2f %e %g %g\n' 3.14159 12345.678 0.0001 1234567
#---
printf '%b|' 'a\nb' 'c\td'; echo
#---
printf '%q\n' 'a b' "it's" '$x' ''
#---
printf '%%|\n'
#---
printf -v v '%03d' 7; echo $v
#---
printf '%*d|%-*d|\n' 5 42 5 42
#---
printf 'no newline'
#---
printf '%s\n'
#---
printf '%d\n' abc; echo $?
#---
printf '%+d % d %+d\n' 5 5 -5
#---
printf '%.3s|%10.2s|\n' abcdef xyz
#---
printf '\101\x41\u0041\n'
#---
printf '%s\n' "$@"
#---
printf '%i %u\n' 3 4
#---
printf '%#x %#o\n' 255 8
#---
printf '%5c|\n' a
#---
printf 'a%%b\n'
#---
printf 'a%5%b' x y; echo $?
#---
printf 'a%-%b'; echo $?
