// What was measured or chosen decides the result at once, as the server will; "not assessed" takes the measure back.
//
//   <fieldset data-answer data-threshold="30" data-comparison="at_least">    at_least or at_most; only where measured
//     <input inputmode="decimal">
//     <div class="answer-options"><label data-meets><input type="radio">…</label> …</div>    where chosen from options
//     <div class="answer-results"><label><input type="radio" value="met | not_met | not_applicable | ">…</label> …</div>
//     <details data-answer-note>…</details>    opens when something is not met

const numberIn = (text) => Number(text.replace(/\s/g, '').replace(',', '.'));

export const followMeasure = (fieldset) => {
  const { threshold, comparison } = fieldset.dataset;
  const value = fieldset.querySelector('[inputmode="decimal"]');
  const options = fieldset.querySelectorAll('.answer-options input');
  const results = fieldset.querySelectorAll('.answer-results input');
  const note = fieldset.querySelector('[data-answer-note]');

  const setResult = (result) => {
    results.forEach((radio) => { radio.checked = radio.value === result; });
    if (result === 'not_met') note.open = true;
  };

  value?.addEventListener('input', () => {
    const number = numberIn(value.value);
    if (value.value.trim() === '') setResult('');
    else if (!Number.isNaN(number)) {
      const isMet = comparison === 'at_least' ? number >= Number(threshold) : number <= Number(threshold);
      setResult(isMet ? 'met' : 'not_met');
    }
  });

  options.forEach((option) => option.addEventListener('change', () => {
    setResult(option.closest('label').hasAttribute('data-meets') ? 'met' : 'not_met');
  }));

  results.forEach((radio) => radio.addEventListener('change', () => {
    setResult(radio.value);
    if (radio.value !== '') return;
    if (value) value.value = '';
    options.forEach((option) => { option.checked = false; });
  }));
};
