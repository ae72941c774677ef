// SPDX-License-Identifier: Apache-2.0
package referee.cli;

/// Where the program starts.
public final class Main {
    private Main() {}

    /// @param args as on the command line
    public static void main(String[] args) {
        System.exit(Referee.commandLine(World.ofProcess()).execute(args));
    }
}
