// SPDX-License-Identifier: Apache-2.0
package org.eclipse.jetty.util.log;

/// Of [Log].
public interface Logger {
    void warn(String message, Object... values);
}
