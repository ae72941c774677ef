# SPDX-License-Identifier: Apache-2.0
# Finds the tools that the scripts need. Sourced, not run.
#   need_jdk    sets JAVA_HOME to a JDK 25 or newer
#   need_maven  checks that mvn is there and 3.8.7 or newer; after need_jdk
# Both say what is missing and leave with 2.

# Is $1 the home of a JDK 25 or newer? Read from its release file: starting java takes too long.
is_jdk() {
    [ -r "$1/release" ] && [ -x "$1/bin/java" ] && [ -x "$1/bin/javac" ] || return 1
    while IFS= read -r line || [ -n "$line" ]; do
        case $line in
        JAVA_VERSION=*)
            line=${line#JAVA_VERSION=}
            line=${line#\"}
            line=${line%%[!0-9]*}
            [ "${line:-0}" -ge 25 ]
            return
            ;;
        esac
    done <"$1/release"
    return 1
}

use_jdk() {
    is_jdk "$1" || return 1
    JAVA_HOME=$1
    export JAVA_HOME
}

# The path of $1 with its own symbolic links followed.
follow() (
    file=$1
    while [ -L "$file" ]; do
        to=$(readlink "$file")
        case $to in
        /*) file=$to ;;
        *) file=${file%/*}/$to ;;
        esac
    done
    printf '%s\n' "$file"
)

find_jdk() {
    [ -n "${JAVA_HOME-}" ] && use_jdk "$JAVA_HOME" && return
    on_path=$(command -v java || :)
    case $on_path in
    /*)
        home=$(follow "$on_path")
        home=${home%/*}
        use_jdk "${home%/*}" && return
        ;;
    esac
    for home in /usr/lib/jvm/* /opt/* "${HOME-}"/.sdkman/candidates/java/* \
        /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home; do
        use_jdk "$home" && return
    done
    if [ -x /usr/libexec/java_home ]; then
        home=$(/usr/libexec/java_home -v 25+ 2>/dev/null || :)
        use_jdk "$home" && return
    fi
    # A java that is a version manager's wrapper has to be asked.
    if [ -n "$on_path" ]; then
        home=$(java -XshowSettings:properties -version 2>&1 | sed -n 's/^ *java\.home = //p')
        use_jdk "$home" && return
    fi
    return 1
}

need_jdk() {
    find_jdk && return
    echo "No JDK 25 or newer found. Install one (https://adoptium.net has them) or set JAVA_HOME to it." >&2
    exit 2
}

need_maven() {
    if ! command -v mvn >/dev/null; then
        echo "Maven (mvn) not found. Install Maven 3.8.7 or newer and put it on PATH." >&2
        exit 2
    fi
    found=$(mvn --version 2>/dev/null | sed -n 's/.*Apache Maven \([0-9][0-9.]*\).*/\1/p')
    IFS=. read -r major minor patch <<END
$found.0.0
END
    patch=${patch%%[!0-9]*}
    if [ "$((${major:-0} * 1000000 + ${minor:-0} * 1000 + ${patch:-0}))" -lt 3008007 ]; then
        echo "Maven is ${found:-of an unknown version}; 3.8.7 or newer is needed. Install one and put it on PATH." >&2
        exit 2
    fi
}
