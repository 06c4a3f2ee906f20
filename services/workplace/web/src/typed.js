// What somebody has typed into a form: what differs from what the server sent.

// Whether a control holds something else than the page came with.
export function differs(control) {
  switch (control.type) {
    case "hidden": case "submit": case "button": case "reset": case "image": case "fieldset": case "output":
      return false;
    case "checkbox": case "radio":
      return control.checked !== control.defaultChecked;
    case "select-one": case "select-multiple":
      return [...control.options].some((option, at) => option.selected !== chosen(control, option, at));
    case "file":
      return control.files.length > 0;
    default:
      return control.value !== control.defaultValue;
  }
}

// Whether a choice is made when nobody touches it.
function chosen(select, option, at) {
  const marked = [...select.options].some((each) => each.defaultSelected);
  if (marked || select.multiple) return option.defaultSelected;
  return at === [...select.options].findIndex((each) => !each.disabled);
}

// Whether somebody types or has typed into a form, or it came back refused with what was typed.
export function inUse(form) {
  const active = document.activeElement;
  const typing = active !== form && form.contains(active) && active.matches("input, textarea, select");
  return typing || refused(form) || [...form.elements].some(differs);
}

// Whether the page came as the answer to this form, with why it was not taken in it or before it.
function refused(form) {
  const refusal = document.getElementById("refusal");
  return refusal !== null && (form.contains(refusal) || refusal.parentElement === form.parentElement);
}

const kept = (control) => control.name && !["hidden", "password", "file", "submit", "button", "reset", "image"].includes(control.type) && control.matches("input, select, textarea");

// What was typed, field by field; `nth` tells fields of the same name apart.
export function taken(form) {
  const seen = new Map();
  const fields = [];
  for (const control of [...form.elements].filter(kept)) {
    const nth = seen.get(control.name) ?? 0;
    seen.set(control.name, nth + 1);
    if (!differs(control) && !refused(form)) continue;
    const field = { name: control.name, nth };
    if (control.matches("[type=checkbox], [type=radio]")) field.checked = control.checked;
    else if (control.matches("select")) field.chosen = [...control.selectedOptions].map((option) => option.value);
    else field.value = control.value;
    fields.push(field);
  }
  return fields;
}

// Puts it back, as if it were typed now. Answers whether any of it has a place in the form.
export function giveBack(form, fields) {
  const controls = [...form.elements].filter(kept);
  let any = false;
  for (const field of fields) {
    const control = controls.filter((each) => each.name === field.name)[field.nth];
    if (!control || control.matches("[data-submits]")) continue;
    if (field.checked !== undefined) control.checked = field.checked;
    else if (field.chosen) for (const option of control.options ?? []) option.selected = field.chosen.includes(option.value);
    else control.value = field.value;
    any = true;
    control.dispatchEvent(new Event("input", { bubbles: true }));
    control.dispatchEvent(new Event("change", { bubbles: true }));
  }
  return any;
}
