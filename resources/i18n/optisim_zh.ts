<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name></name>
    <message>
        <source>&amp;About OptiSim</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Appearance</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Copy image</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Export image…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Full screen</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Keyboard and mouse</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Panels</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Play</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Reset view</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Run</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>--scale must lie between 0.1 and 16.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>--size takes width and height of at least 64 pixels, such as 1280x800.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>--step must lie between 0 and the number of steps, {most}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A laboratory in which optimizers race over a loss surface.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A scenario has 1 to {most} start points.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A scenario has at most {most} optimizers.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A start is a point (x, y) or a list of points.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A start point needs two finite numbers, such as −7, 2.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>About OptiSim</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ackley&apos;s funnel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add a &amp;start</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add a method, as often as you like, to compare its rates</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add a start</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add a start here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add optimizer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add or remove a start, copy or export the image</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Arguments</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>As the system</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Beale</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Booth</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Brackets and powers go at most {most} deep.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cividis</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Click the map</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Click the map or drag the ring to move a start</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Colour &amp;map</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Colour bar</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Colour of this run</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Colours and contour lines on a logarithmic scale, for deep valleys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Column {column}: {sentence}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Commands</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Compute trajectories and write them as CSV, to standard output without -o.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Constant exponents go from −{most} to {most}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Contour labels</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Contour lines</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dark</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Domain</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Double click</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Drag a ring</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Drag the map</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Drag to any step, forwards or back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Draw a figure. Without options, the chapter&apos;s bowl is drawn to optisim.png.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Duplicate or remove the selected run</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Duplicate run</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>E&amp;qual axes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Eggholder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Every optimizer gets a ball at every start</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export &amp;trajectories…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export image</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export or copy the image</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export trajectories</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>F&amp;aster</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>First or last step</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Format</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Formula</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Formula, f(x, y) =</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Goldstein–Price</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Grey</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Heat map</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Himmelblau</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How many updates are made in all</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keyboard and mouse</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Legend</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Light</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>List surfaces or optimizers.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Logarithmic heights</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Loss</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Magma</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Max</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Minima</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Move a start</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Move run down</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Move run up</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Move the selected run in the list</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Move the view</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Number of steps</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One step back or forward</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Options</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Own formula</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>PDF, vectors for print and LaTeX</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>PNG, pixels for screens and slides</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Play or pause</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Powers of powers grow too large here; use smaller exponents.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Put the nearest start there</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Qt could not be loaded: {reason}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Race optimizers over a loss surface. Without a command, the window opens.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rastrigin&apos;s egg box</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove run</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove this run</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove this start</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Restore &amp;layout</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Right click</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rosenbrock&apos;s valley</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Run</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Runs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>S&amp;lower</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>SVG, vectors for the web and for editing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Saddle</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save as…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Saved {path}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Scale</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show or hide run</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show or hide this run</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show the whole domain again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Six-hump camel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Size in pixels</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Slower or faster</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Space</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Speed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Speed: 1× makes 6 updates a second</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Start (x, y)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Start here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Start points</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Start x</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Start y</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>State</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Step</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Step &amp;back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Step &amp;forward</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stretched bowl</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Styblinski–Tang</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Surface</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Table</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The chapter&apos;s &amp;experiment</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The command was not understood: {message}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The disk is full: “{path}” was not written; make room or choose another one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The domain from {low:g} to {high:g} is too thin or too wide to draw.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The domain needs four finite numbers: x from, x to, y from, y to.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The domain&apos;s lower end {low:g} must be below its upper end {high:g}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The folder “{folder}” does not exist; choose another one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The formula ends where a number, x, y or “(” should follow.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The formula is empty; write one in x and y, such as x^2/20 + y^2.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The formula is longer than {most} characters.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The formula needs x or y in it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The image is on the clipboard</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The loss surface that the optimizers descend</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The number of steps must be a whole number from 1 to {most}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The number of steps must be a whole number.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The system library {library} is missing, which Qt needs; install it, on Debian and Ubuntu with: sudo apt install {package}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no optimizer “{name}”; choose one of {names}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no run. Add an optimizer to begin.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no screen to open a window on; to draw a figure without one, add to this command: render -o figure.png</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no surface “{name}”; choose one of {names}, or give a formula in x and y.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is not enough memory for this image; choose a smaller one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is nothing to run; name at least one optimizer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This OptiSim scenario is damaged: a part is missing or not what it should be.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This bracket is never closed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This divides by zero.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This formula is not a finite real number.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This is not an OptiSim scenario.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This number is too large.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This part is not a finite real number.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This scenario is too large to be one of OptiSim&apos;s.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This scenario was made by a newer OptiSim; update to open it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This “)” has no opening bracket, or nothing stands before it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>To the &amp;end</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>To the &amp;start</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Trails</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Type your own, such as sin(x) + x^2 y^2 / 10; the contours follow as soon as it can be read</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Usage: </source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Viridis</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Wheel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Where the balls are</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Your own name for this run</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Zoom &amp;in</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Zoom &amp;out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Zoom at the mouse; over an axis, that axis alone</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Zoom in, zoom out, reset the view</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a start point; may be repeated</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a surface of the list, or a formula in x and y (bowl)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>an optimizer as name:parameter=value,…; may be repeated</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>as JSON, with everything that is known</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>bias correction</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>compute trajectories as CSV</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>diverged at step {step}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>draw a figure without a screen</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>enlarge everything, lines and text too (1)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>guard against division by 0</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>language of messages and of the window</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>learning rate</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>light or dark (light)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>linear heights</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>list surfaces or optimizers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>logarithmic heights</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>memory of gradients</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>memory of squared gradients</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>number of updates</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>rolling</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>show the version and exit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>show this help and exit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>size in pixels (1280x800)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the figure: .png, .svg or .pdf</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the instant to draw, in updates (the last)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the part of the plane to show</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the table: .csv, or - for standard output</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>what friction leaves of the velocity</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>what to list</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>x from</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>x to</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>y from</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>y to</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} must be a finite number of at least {least:g}, not {value}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} must be a number, not “{value}”.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} must be at least {least:g} and below {most:g}, not {value}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} must be between {least:g} and {most:g}, not {value}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} must be true or false, not “{value}”.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{optimizer} has no “{name}”; it has {names}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{option} takes a number, not “{value}”.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{option} takes a whole number, not “{value}”.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{option} takes one of {allowed}, not “{value}”.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{option} takes {count} numbers with commas between them, such as {option}={example}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{run}, start {number}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{value} is not one of {allowed}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{what} and {other} exclude each other.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{what} needs a value after it; --help shows which.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{width:.1f} × {height:.1f} cm on paper</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{width} × {height} pixels are too many; a side can have {most} at the most.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{width} × {height} pixels in the file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“{character}” has no meaning here; use numbers, x, y, + − * / ^ and brackets.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“{found}” cannot stand here; a number, x, y or “(” should.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“{name}” has no known ending; choose one of {endings}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“{name}” is given twice.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“{name}” is not a name; write {product} for the product.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“{name}” is unknown; there are x, y, pi, e and the functions {functions}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“{name}” needs brackets: {name}(x).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“{name}” takes {wanted} value(s) in its brackets, not {given}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“{part}” is not of the form name=value; write, say, {example}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“{path}” cannot be written; choose a folder that is not write-protected.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“{path}” is a folder; give a file name.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“{path}” was not written: {reason}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“{what}” is missing; --help shows what is needed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“{what}” is not understood here; --help shows what is.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
</TS>
