// SPDX-License-Identifier: Apache-2.0
/// Every SIP response code as data and page, and the rest of the language of SIP.
///
/// The facts of a code are a row of `codes.tsv` and a [Code]; its words are a Markdown page in
/// `codes` and a [CodePage]. [Comparison] sets any two codes side by side. [Terms] holds methods,
/// Warning codes, Q.850 causes, Reason protocols, Subscription-State reasons, option tags, event
/// packages and digest algorithms. [Search] finds topics by words.
@NullMarked
package referee.reference;

import org.jspecify.annotations.NullMarked;
