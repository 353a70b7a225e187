/* Proxies: the agreement of cheap measures with the ranking of the variants. */

function proxies() {
  const known = figures.proxies.filter(proxy => proxy.correlation !== undefined && proxy.correlation !== null);
  if (known.length === 0) {
    section('proxies');
    return;
  }
  const name = proxy => `${proxy.name} → ${proxy.target}`;
  function draw() {
    const rows = [...known].reverse();
    const narrow = window.innerWidth < 700;
    return {
      grid: { left: narrow ? 12 : 290, right: 24, top: 8, bottom: 48 },
      tooltip: {
        ...chartStyle().tooltip,
        trigger: 'item',
        formatter: event => {
          const proxy = rows[event.dataIndex];
          const interval = proxy.low === undefined ? 'too few variants for an interval' : `95 % interval ${proxy.low.toFixed(2)} … ${proxy.high.toFixed(2)}`;
          return `<div class="card">${html`<b>${name(proxy)}</b><p>τ = ${proxy.correlation.toFixed(2)} over ${proxy.variants} variants, ${interval}`}</p></div>`;
        },
      },
      xAxis: axis('Kendall’s τ', { type: 'value', min: -1, max: 1, nameGap: 30 }),
      yAxis: axis('', {
        type: 'category', data: rows.map(name), axisTick: { show: false }, axisLine: { show: false }, z: 5,
        axisLabel: {
          color: token('ink'), fontSize: 12, interval: 0, width: narrow ? window.innerWidth - 60 : 270, overflow: 'truncate',
          ...(narrow ? { inside: true, verticalAlign: 'bottom', padding: [0, 0, 5, 0], margin: 0 } : {}),
        },
      }),
      series: [{
        type: 'custom',
        data: rows.map((proxy, place) => [proxy.correlation, place, proxy.low ?? proxy.correlation, proxy.high ?? proxy.correlation]),
        encode: { x: [0, 2, 3], y: 1 },
        markLine: { silent: true, symbol: 'none', label: { show: false }, lineStyle: { color: token('soft'), type: 'solid', width: 1 }, data: [{ xAxis: 0 }] },
        renderItem: (parameters, api) => {
          const drop = narrow ? 7 : 0;
          const [at, low, high] = [0, 2, 3].map(i => api.coord([api.value(i), api.value(1)]));
          return {
            type: 'group',
            children: [
              { type: 'rect', shape: { x: parameters.coordSys.x, y: at[1] - 10, width: parameters.coordSys.width, height: 20 }, style: { fill: 'transparent' } },
              { type: 'line', shape: { x1: low[0], y1: at[1] + drop, x2: high[0], y2: at[1] + drop }, style: { stroke: token('accent'), lineWidth: 2 } },
              { type: 'circle', shape: { cx: at[0], cy: at[1] + drop, r: 5 }, style: { fill: token('accent') } },
            ],
          };
        },
      }],
    };
  }
  const chart = chartFigure({
    label: 'Rank correlations of cheap proxies',
    height: () => 60 + known.length * (window.innerWidth < 700 ? 38 : 25),
    draw,
    table: () => ({
      columns: [{ title: 'Proxy' }, { title: 'Stands for' }, ...['Kendall’s τ', 'from', 'to', 'variants'].map(title => ({ title, number: true }))],
      rows: known.map(proxy => [proxy.name, proxy.target, proxy.correlation.toFixed(2), proxy.low?.toFixed(2), proxy.high?.toFixed(2), String(proxy.variants)]),
    }),
  });
  section('proxies', 'Proxies', 'Agreement of cheap measures with the final ranking of the variants: at 1 every pair is in the right order, at 0 the measure is no '
    + 'better than chance, at −1 every pair is reversed. Bars are 95 % intervals over other variants of this kind.', chart.figure);
}
