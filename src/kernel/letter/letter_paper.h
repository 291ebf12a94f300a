/* letter_paper — a letter as a document, in the form of the handbook (文書處理手冊).
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_KERNEL_LETTER_PAPER_H
#define BIANMIN_KERNEL_LETTER_PAPER_H

#include "host/paper/document.h"
#include "host/paper/paper.h"
#include "kernel/letter/letter.h"

struct letter_about {
    const struct agency *agency;
    const struct office *office;
    const struct service *service; /* may be NULL */
    str name;                      /* of the form: 土地使用分區證明書 */
    str officer, telephone, email; /* who handles it */
    str head;                      /* 區長 陳○○: title and name, who signs */
    str confirm;                   /* the address in a certificate's QR; "" none */
    bool is_template;              /* fields stand where its texts would */
};
/* As printed; while a draft with 稿 and without number. Of `letter` the content is open. */
MUST_CHECK err letter_doc(struct arena *a, const struct letter *l,
                          const struct letter_about *about, struct doc *ret);
/* The same texts for an office's own template. */
MUST_CHECK err letter_filling(struct arena *a, const struct letter *l,
                              const struct letter_about *about, struct paper_filling *ret);

#endif
