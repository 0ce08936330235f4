/* Draws Plotly figures from the JSON in the page, in the colours of the theme. The library loads when the first
   figure comes near the window. Its style rules come as a linked file: the policy allows no <style>. */
(() => {
  "use strict";
  const TONES = ["brand", "rose", "blue", "violet", "amber", "green"];
  const CONFIG = { displaylogo: false, responsive: true, modeBarButtonsToRemove: ["select2d", "lasso2d", "autoScale2d"] };
  let library;

  const load = (box) => {
    library ??= new Promise((resolve, reject) => {
      const style = document.createElement("link");
      Object.assign(style, { id: "plotly.js-style-global", className: "no-inline-styles", rel: "stylesheet", href: box.dataset.style });
      const script = document.createElement("script");
      Object.assign(script, { src: box.dataset.script, onload: () => resolve(window.Plotly), onerror: reject });
      document.head.append(style, script);
    });
    return library;
  };

  /* A custom property holds light-dark(...); only a computed colour tells which of the two it is. */
  const palette = () => {
    const probe = document.createElement("span");
    document.body.append(probe);
    const colour = (name) => {
      probe.style.color = `var(--${name})`;
      return getComputedStyle(probe).color;
    };
    const found = Object.fromEntries([...TONES, "ink", "muted", "line", "raised"].map((name) => [name, colour(name)]));
    probe.remove();
    return found;
  };

  const axis = (own, colours) => ({
    gridcolor: colours.line, linecolor: colours.line, zerolinecolor: colours.line, tickcolor: colours.line,
    automargin: true, ...own, title: own?.title && { font: { size: 13 }, ...own.title },
  });

  const themed = (spec) => {
    const colours = palette();
    const layout = {
      colorway: TONES.map((tone) => colours[tone]),
      paper_bgcolor: "rgba(0,0,0,0)", plot_bgcolor: "rgba(0,0,0,0)",
      font: { family: "Manrope, system-ui, sans-serif", size: 13, color: colours.ink },
      hoverlabel: { bgcolor: colours.raised, bordercolor: colours.line, font: { color: colours.ink } },
      margin: { t: 16, r: 16, b: 48, l: 56 }, legend: { orientation: "h", x: 0, y: 1.02, yanchor: "bottom" },
      modebar: { bgcolor: "rgba(0,0,0,0)", color: colours.muted, activecolor: colours.brand },
      ...spec.layout,
    };
    for (const name of ["xaxis", "yaxis", ...Object.keys(spec.layout).filter((key) => /^[xy]axis\d+$/.test(key))]) {
      layout[name] = axis(spec.layout[name], colours);
    }
    const data = spec.data.map(({ tone, ...trace }) =>
      tone ? { ...trace, marker: { color: colours[tone], ...trace.marker }, line: { color: colours[tone], ...trace.line } } : trace);
    return { data, layout };
  };

  const draw = async (box) => {
    const plotly = await load(box);
    const { data, layout } = themed(JSON.parse(document.getElementById(box.dataset.spec).textContent));
    await plotly.react(box, data, layout, CONFIG);
    box.dataset.drawn = "yes";
  };

  const near = new IntersectionObserver((entries) => {
    for (const { isIntersecting, target } of entries) {
      if (!isIntersecting) continue;
      near.unobserve(target);
      draw(target);
    }
  }, { rootMargin: "400px" });

  const watch = (within) => {
    for (const box of within.querySelectorAll(".plotly-figure:not([data-drawn])")) near.observe(box);
  };
  const redraw = () => document.querySelectorAll(".plotly-figure[data-drawn]").forEach(draw);

  watch(document);
  document.addEventListener("htmx:load", (event) => watch(event.target));
  document.addEventListener("theme", redraw);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", redraw);
})();
