# bash completion for baosong. Commands and options are read from the program's own help, which is
# printed from its table of commands, so there is no second list to keep.
_baosong() {
  local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]} program=${COMP_WORDS[0]}
  COMPREPLY=()
  case $before in
    --config) mapfile -t COMPREPLY < <(compgen -f -- "$word"); return ;;
    --now | --set | --unit | --date | --why) return ;;
  esac

  # The command, as far as it is typed: options and their values stepped over.
  local commands command="" i=1 typed
  commands=$("$program" --help 2>/dev/null | sed -n '/^Commands:/,/^$/s/^  \([a-z][a-z ]*[a-z]\)  .*/\1/p')
  while [ $i -lt "$COMP_CWORD" ]; do
    typed=${COMP_WORDS[i]}
    case $typed in
      --config | --now | --set | --unit | --date | --why) i=$((i + 1)) ;;
      -*) ;;
      *) command="${command:+$command }$typed" ;;
    esac
    if grep -qxF -- "$command" <<<"$commands" && ! grep -q "^$command " <<<"$commands"; then break; fi
    i=$((i + 1))
  done

  if [[ $word == -* ]]; then
    local options
    # shellcheck disable=SC2086
    options=$("$program" $command --help 2>/dev/null | sed -n 's/^  \(--[a-z-]*\).*/\1/p')
    mapfile -t COMPREPLY < <(compgen -W "$options" -- "$word")
  elif grep -qxF -- "$command" <<<"$commands"; then
    mapfile -t COMPREPLY < <(compgen -f -- "$word")
  else
    # The next word of every command that begins with what is typed.
    local words
    words=$(sed -n "s/^${command:+$command }\([a-z]*\).*/\1/p" <<<"$commands" | sort -u)
    mapfile -t COMPREPLY < <(compgen -W "$words" -- "$word")
  fi
}
complete -o filenames -F _baosong baosong
