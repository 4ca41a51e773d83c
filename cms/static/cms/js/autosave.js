// What is typed or chosen while a save is under way is not lost.
//
// When the answer comes, Wagtail takes the form as it is then for what was saved: a change made
// meanwhile would wait, without a warning, for the next one. Compare with what was sent instead.

const form = () => window.wagtail.app.queryController("w-unsaved");
let sent;

document.addEventListener("w-autosave:save", () => {
  sent = form()?.formData;
});

document.addEventListener("w-autosave:success", () => {
  if (form()) form().initialFormData = sent;
});
