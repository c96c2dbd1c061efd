// The field form saves each answer by itself, and keeps trying where the network is poor.
//
// What the template gives (all texts are translated there; {time}, {count} and {problem} are filled in here):
//
//   <form method="post" data-autosave
//         data-text-saving="Saving…" data-text-saved="Saved {time}" data-text-retrying="Not saved, retrying"
//         data-text-refused="Not saved: {problem}" data-text-unsaved="Not saved yet: {count}">
//     {% csrf_token %}
//     … <span data-answered>12</span> … <progress data-answered max="37" value="12"> … <span data-required-left>7</span> …
//     <span data-unsaved-count role="status"></span>
//     <fieldset class="answer" data-answer data-url="/audits/…/answers/COV-01/">
//       <legend>…</legend> … any inputs …
//       <output class="answer-state" data-answer-state></output>
//     </fieldset> …
//     <button>Save section</button>            the way without JavaScript
//   </form>
//   <span data-section-answered>3</span>       anywhere on the page
//
// What the server answers to a POST of one fieldset's inputs:
//   200 {"saved_at": "14:32", "answered": 12, "required_left": 7}
//   409 or 422 {"errors": ["…"]}   never retried by itself; the next change tries again
//   401 {"errors": ["…"]}          the session has ended; said, and retried
// Anything else (no network, 5xx, 403 after a new sign-in, a redirect to the sign-in page) is retried, later and later.

import { followMeasure } from './measure.js';

const TYPING_PAUSE = 800;
const FIRST_RETRY = 1_000;
const LAST_RETRY = 30_000;
const TIMEOUT = 15_000;

const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);

class Answer {
  constructor(fieldset, checklist) {
    this.fieldset = fieldset;
    this.checklist = checklist;
    this.unsaved = false;
    this.sending = false;
    this.retryAfter = FIRST_RETRY;
    followMeasure(fieldset);
    fieldset.addEventListener('input', () => this.changed(TYPING_PAUSE));
    fieldset.addEventListener('change', () => this.changed(0));
  }

  changed(pause) {
    this.unsaved = true;
    this.changedWhileSending = this.sending;
    this.retryAfter = FIRST_RETRY;
    this.show('unsaved', '');
    this.sendIn(pause);
  }

  sendIn(pause) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.send(), pause);
  }

  async send() {
    if (this.sending || !this.unsaved) return;
    this.sending = true;
    this.changedWhileSending = false;
    this.show('unsaved', this.checklist.text('Saving'));
    try {
      await this.receive(await this.post());
    } catch {
      this.retry();
    } finally {
      this.sending = false;
      if (this.changedWhileSending) this.sendIn(0);
    }
  }

  post() {
    const body = new FormData();
    for (const input of this.fieldset.elements) {
      if (input.name && ((input.type !== 'radio' && input.type !== 'checkbox') || input.checked)) {
        body.append(input.name, input.value);
      }
    }
    return fetch(this.fieldset.dataset.url, {
      method: 'POST',
      body,
      headers: { 'X-CSRFToken': this.checklist.token.value, Accept: 'application/json' },
      redirect: 'error',
      signal: AbortSignal.timeout(TIMEOUT),
    });
  }

  async receive(response) {
    if (response.status === 409 || response.status === 422) {
      const { errors } = await response.json();
      this.show('refused', this.checklist.text('Refused', { problem: errors.join(' ') }));
      return;
    }
    if (response.status === 401) {
      this.retry((await response.json()).errors.join(' '));
      return;
    }
    if (response.status === 403) await this.checklist.renewToken();
    if (!response.ok) throw new Error(`answer not saved: ${response.status}`);
    const { saved_at: time, ...progress } = await response.json();
    this.unsaved = this.changedWhileSending;
    this.checklist.progress(progress);
    if (this.changedWhileSending) return;
    this.retryAfter = FIRST_RETRY;
    this.show('saved', this.checklist.text('Saved', { time }));
  }

  get isAnswered() {
    return Boolean(this.fieldset.querySelector('.answer-results :checked')?.value);
  }

  retry(why = this.checklist.text('Retrying')) {
    this.show('unsaved', why);
    this.sendIn(this.retryAfter);
    this.retryAfter = Math.min(this.retryAfter * 2, LAST_RETRY);
  }

  show(state, text) {
    this.fieldset.dataset.state = state;
    this.fieldset.querySelector('[data-answer-state]').textContent = text;
    this.checklist.count();
  }
}

class Checklist {
  constructor(form) {
    this.form = form;
    this.token = form.elements.csrfmiddlewaretoken;
    this.answers = [...form.querySelectorAll('fieldset[data-answer]')].map((fieldset) => new Answer(fieldset, this));
    form.addEventListener('submit', () => { this.leaving = true; });
    window.addEventListener('online', () => this.unsaved().forEach((answer) => answer.sendIn(0)));
    window.addEventListener('beforeunload', (event) => {
      if (this.unsaved().length && !this.leaving) event.preventDefault();
    });
  }

  unsaved() {
    return this.answers.filter((answer) => answer.unsaved);
  }

  text(name, values = {}) {
    return fill(this.form.dataset[`text${name}`], values);
  }

  count() {
    const count = this.unsaved().length;
    const text = count ? this.text('Unsaved', { count }) : '';
    this.form.querySelectorAll('[data-unsaved-count]').forEach((place) => { place.textContent = text; });
  }

  progress({ answered, required_left: left }) {
    const say = (place, count) => { place[place.matches('progress') ? 'value' : 'textContent'] = count; };
    this.form.querySelectorAll('[data-answered]').forEach((place) => say(place, answered));
    this.form.querySelectorAll('[data-required-left]').forEach((place) => say(place, left));
    const inSection = this.answers.filter((answer) => answer.isAnswered && !answer.unsaved).length;
    document.querySelectorAll('[data-section-answered]').forEach((place) => say(place, inSection));
  }

  // Signing in again in another tab changes the token; the page is asked for the new one, the answers stay.
  async renewToken() {
    const page = new DOMParser().parseFromString(await (await fetch(window.location.href)).text(), 'text/html');
    const token = page.querySelector('form[data-autosave] [name=csrfmiddlewaretoken]');
    if (token) this.token.value = token.value;
  }
}

export const startChecklist = (form) => new Checklist(form);
