NS=prod; POD=$(printf 'web-0\nweb-1\n' | head -n 1); echo "kubectl -n $NS logs $POD"
#---
for p in $(printf 'a\nb\n'); do echo "pod/$p"; done | sort -r
#---
printf '{"items":[{"n":"a"},{"n":"b"}]}' | grep -o '"n":"[a-z]"' | cut -d'"' -f4
#---
COUNT=$(printf '1\n2\n3\n' | wc -l); if [ "$COUNT" -gt 2 ]; then echo "too many: $COUNT"; fi
#---
if ! echo ok | grep -q fail; then echo healthy; else echo broken; fi
#---
n=0; until [ $n -eq 3 ]; do n=$((n + 1)); echo "try $n"; done; echo "gave up" >&2
#---
TS=$(date +%Y%m%d-%H%M); echo "incident-$TS.txt" | sed 's/[0-9]/N/g'
#---
echo data > incident-$(echo 1)-state.txt; cat incident-*.txt
#---
printf 'x: 1\ny: 2\n' | while IFS=': ' read -r k v; do echo "$k=$v"; done
#---
printf 'NAME READY\nweb 1/1\ndb 0/1\n' | awk 'NR>1 && $2 !~ /^1/ {print $1}'
#---
printf 'NAME READY\nweb 1/1\n' | tail -n +2 | awk '{ print $1 }' | xargs -I{} echo "delete {}"
#---
echo "$(printf '%s' secret | base64)" | base64 -d
#---
cat <<EOF > cfg.yaml
a: ${NS:-default}
b: "$(echo sub)"
EOF
cat cfg.yaml
#---
x=$(cat <<'EOF'
{"a": "$b"}
EOF
); echo "$x"
#---
set -euo pipefail; v=$(printf 'a b' | cut -d' ' -f2); echo "$v"; printf '' | grep x || echo none
#---
set -e; cd /; [ -d tmp ] && echo there; cd - >/dev/null; echo end
#---
retry() { local n=1; until "$@"; do [ $n -ge 3 ] && return 1; n=$((n+1)); done; echo "after $n"; }; retry false || echo failed; retry true
#---
log() { echo "[$1] ${@:2}"; }; log info all is well; log warn "two  words"
#---
usage() { cat <<EOF
usage: $1
EOF
}; usage x
#---
declare -a list=(a b c); for i in "${!list[@]}"; do echo "$i ${list[$i]}"; done
#---
IFS=',' read -r -a parts <<< "a,b,,c"; echo "${#parts[@]} ${parts[3]}"
#---
while read -r name status; do [[ $status == Running ]] || echo "$name is $status"; done <<< $'web Running\ndb Pending'
#---
x="a/b:c"; echo "${x%%:*}" "${x##*:}" "${x//[\/:]/-}"
#---
url=http://host:8080/path; h=${url#*://}; h=${h%%/*}; echo "${h%:*} ${h##*:}"
#---
[[ 10 -gt 9 && "10" < "9" ]] && echo both
#---
test -z "$UNSET_X" && echo empty; [ -z $UNSET_X ] && echo also
#---
echo a; sleep 0.01 && echo b &
wait; echo c
#---
(cd /tmp && pwd); cd / && pwd; cd - >/dev/null
#---
printf '%-10s|%5s|\n' name ready web 1/1
#---
printf 'a\nb\nc\n' | { head -n 1; cat >/dev/null; echo rest; }
#---
true | true | false | true; echo "${PIPESTATUS[*]}" $?
#---
f() { echo "$FUNC_X"; }; FUNC_X=1 f; echo "[$FUNC_X]"
#---
echo "tab	in" 'single "double"' "double 'single'" \"esc\"
#---
echo 'it'\''s' "a\"b" "a\\b" 'a\\b'
#---
cmd="echo hello world"; $cmd; "$cmd" 2>/dev/null; echo $?
#---
args=(-n "two words"); printf '<%s>' "${args[@]}"; echo
#---
a=(); a+=("x y"); a+=(z); printf '<%s>' "${a[@]/#/--}"; echo
#---
echo ${HOME:+set} ${HOME+set} "${NOPE_X:-}" end
#---
i=5; while [ $i -gt 0 ]; do i=$((i-2)); [ $i -lt 2 ] && continue; echo $i; done
#---
echo $((10#08 + 1)) $(( (1+2) * 3 % 4 )) $((1 ? 2 : 3)) $((-5 % 3))
#---
select_x=1; echo $select_x; time_x=2; echo $time_x; function_x=3; echo $function_x; if_x=4; echo $if_x
#---
echo if then else fi for do done while case esac in time function { } ! [[ ]]
#---
echo a # b
echo c#d '#e' \#f
#---
{ echo 1; echo 2; } | { read a; read b; echo $b$a; }
#---
exec_me() { "$@"; }; exec_me printf '%s-' a b; echo
#---
case "$(uname -s)" in Linux*) echo linux;; Darwin*) echo mac;; *) echo other;; esac
#---
echo "multi
line" | wc -l; echo "a	b" | cut -f2
#---
read -r a b <<EOF
one two three
EOF
echo "$b"
#---
echo $(( $(echo 3) + $(printf 4) ))
#---
x=$'a\nb'; while read -r l; do echo "<$l>"; done <<< "$x"; echo "${x//$'\n'/,}"
#---
unset a; echo ${a[@]} ${#a[@]}; a[3]=x; echo ${!a[@]} ${a[3]}
#---
printf '%s\n' {a,b}-{1,2} | paste -sd,
#---
find . -maxdepth 1 -type f -newer /etc/hosts | wc -l
#---
: > empty; : "${VAR_D:=fallback}"; echo $VAR_D; [ -s empty ] || echo is empty
#---
local x=1 2>/dev/null; echo $?
#---
(set -u; echo ${#nope_x} ) 2>/dev/null; echo $?
#---
(set -u; echo "${nope_x[@]}" "$@"; echo ok) 2>/dev/null; echo $?
#---
set -f; echo *; set +f; touch q; echo *
#---
kill -0 $$ && echo alive
#---
env -i A=1 sh -c 'echo $A'
#---
sh -c 'exit 3'; echo $?; sh -c 'kill -9 $$'; echo $?
#---
echo one >&2 | cat; { echo two >&2; } 2>&1 | cat
#---
cat nofile 2>/dev/null || { echo "missing"; false; } || echo "chain"
#---
echo "${x:-$(echo computed)}" "${x:-${y:-deep}}"
#---
printf '%s %s %s\n' "a b" c
#---
printf "100%%\n"; printf '\\n\n'; printf "%s\n" "a\nb"; printf 'x%sy\n'
#---
test "a" == "a" && [ "b" = "b" ] && echo eq
#---
[ -n "$(echo x)" -a -d / ] && echo both
#---
echo -- -n; echo - ; echo -nx; echo -e "a\\tb"; echo "\t"
