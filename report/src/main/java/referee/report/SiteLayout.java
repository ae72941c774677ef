// SPDX-License-Identifier: Apache-2.0
package referee.report;

/// What stands around every page of the site.
final class SiteLayout {
    private final String page;
    private final String version;

    /// @param page the page's HTML with places for title, summary, root, body and version
    SiteLayout(String page, String version) {
        this.page = page;
        this.version = version;
    }

    /// @param root where the site begins, seen from this page: `` or `../`
    /// @param body HTML
    String page(String title, String summary, String root, String body) {
        return page.formatted(
                Html.text(title), Html.text(summary), root, body.strip(), Html.text(version));
    }
}
