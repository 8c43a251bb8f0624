/** Puts a slider before pictures in stages and shows one at a time, the last at first. Runs in the report's page. */
export const reportScript = `
for (const stages of document.querySelectorAll('.stages')) {
  const figures = [...stages.children];
  if (figures.length < 2) continue;
  const slider = document.createElement('input');
  Object.assign(slider, { type: 'range', min: 0, max: figures.length - 1, value: figures.length - 1 });
  slider.setAttribute('aria-label', stages.dataset.name);
  const show = () => {
    figures.forEach((figure, at) => { figure.hidden = at !== slider.valueAsNumber; });
    const caption = figures[slider.valueAsNumber].querySelector('figcaption');
    slider.setAttribute('aria-valuetext', caption ? caption.textContent : slider.value);
  };
  slider.addEventListener('input', show);
  stages.classList.add('one');
  stages.before(slider);
  show();
}
`;
