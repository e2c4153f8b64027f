s="${s//\'/\\\'}"
#---
echo ${table[ranges[i]]} "${table[ranges[$i + 1]]}" $((table[ranges[2]]))
#---
options+=(["${words[i]#"["}"]="${words[i + 1]%"]"}")
#---
echo "${digits:$'1'}" "${digits:$'1':2}"
#---
tars=${tars/%\)/|@(j|x)ar|+(7)z}
#---
[[ $v =~ ^[0-9]+(\.[0-9]+)?$ && $w =~ ^v[0-9]+@(x)*(y)!(z)$ ]]
#---
command --first 'quoted'\
  --second "${x}"\
  --third plain\
  --last
