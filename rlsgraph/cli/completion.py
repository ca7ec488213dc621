"""Complete names with blanks in Bash, quoted as the word at the cursor is; click's own script inserts them bare."""

from __future__ import annotations

from click.shell_completion import BashComplete, add_completion_class

_SCRIPT = """\
%(complete_func)s() {
    local response type value
    response=$(IFS=$'\\n'; env COMP_WORDS="${COMP_WORDS[*]}" COMP_CWORD=$COMP_CWORD %(complete_var)s=bash_complete $1)
    while IFS=, read -r type value; do
        case $type in
            dir) COMPREPLY=(); compopt -o dirnames ;;
            file) COMPREPLY=(); compopt -o default ;;
            plain)
                # what was typed behind a quotation mark goes on behind it, and Bash closes it; else blanks are escaped
                [[ ${COMP_WORDS[COMP_CWORD]} == [\\"\\']* ]] || printf -v value %%q "$value"
                COMPREPLY+=("$value") ;;
        esac
    done <<< "$response"
}
complete -o nosort -F %(complete_func)s %(prog_name)s
"""


class QuotingBashComplete(BashComplete):
    """Completion for Bash of names that may hold blanks."""

    source_template = _SCRIPT


def install() -> None:
    """Let `_RLSGRAPH_COMPLETE=bash_source rlsgraph` print this script."""
    add_completion_class(QuotingBashComplete)
