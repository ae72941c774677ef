// SPDX-License-Identifier: Apache-2.0
package org.eclipse.jetty.util.log;

/// What the JSON reader of the HTML checker expects of the Jetty of its time. The Jetty that the
/// program uses, which is the one on the class path, has it no more.
public final class Log {
    private Log() {}

    public static Logger getLogger(Class<?> of) {
        return (message, _) ->
                System.getLogger(of.getName()).log(System.Logger.Level.WARNING, message);
    }
}
