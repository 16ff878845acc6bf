/** Beside the prediction: that the answers together have little of the probability, and what could help. */
import { ANSWERS_HELP, answersCaution } from '../../../src/protocol/words/answers-share';
import { el } from '../../ui/dom';
import { withCode } from '../../page/findings';
import type { Page, View } from '../../page/page';
import { Slot } from '../../ui/slot';
import { percent } from '../../../src/figures/kinds/text';

export function cautionView({ controls, editQuestion }: Page): View {
  const slot = new Slot();
  return {
    element: slot.element,
    show: ({ explanation: { prediction, template } }) => {
      const caution = answersCaution(prediction, template, percent);
      slot.show(caution, () => [
        caution !== null &&
          el(
            'div',
            { class: 'caution', role: 'note', 'data-part': 'caution' },
            el('span', {}, ...withCode(caution), ` ${ANSWERS_HELP}`),
            editQuestion && controls.button('Edit Question…', editQuestion, { attributes: { 'data-key': 'editQuestion' } }),
          ),
      ]);
    },
  };
}
