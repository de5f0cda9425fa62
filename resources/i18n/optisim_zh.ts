<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name></name>
    <message>
        <source>&amp;About OptiSim</source>
        <translation>关于 OptiSim(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Appearance</source>
        <translation>外观(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Copy image</source>
        <translation>复制图像(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>编辑(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;Export image…</source>
        <translation>导出图像(&amp;E)…</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>文件(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Full screen</source>
        <translation>全屏(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>帮助(&amp;H)</translation>
    </message>
    <message>
        <source>&amp;Keyboard and mouse</source>
        <translation>键盘与鼠标(&amp;K)</translation>
    </message>
    <message>
        <source>&amp;Panels</source>
        <translation>面板(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Play</source>
        <translation>播放(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>退出(&amp;Q)</translation>
    </message>
    <message>
        <source>&amp;Reset view</source>
        <translation>恢复视图(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Run</source>
        <translation>运行(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>视图(&amp;V)</translation>
    </message>
    <message>
        <source>--scale must lie between 0.1 and 16.</source>
        <translation>--scale 应在 0.1 到 16 之间。</translation>
    </message>
    <message>
        <source>--size takes width and height of at least 64 pixels, such as 1280x800.</source>
        <translation>--size 应为宽和高，各不小于 64 像素，例如 1280x800。</translation>
    </message>
    <message>
        <source>--step must lie between 0 and the number of steps, {most}.</source>
        <translation>--step 应在 0 到总步数 {most} 之间。</translation>
    </message>
    <message>
        <source>A laboratory in which optimizers race over a loss surface.</source>
        <translation>让各种优化器在损失曲面上同场竞赛的实验室。</translation>
    </message>
    <message>
        <source>A run is an optimizer or a text such as {example}.</source>
        <translation>运行项应为优化器，或形如 {example} 的文本。</translation>
    </message>
    <message>
        <source>A scenario has 1 to {most} start points.</source>
        <translation>一个实验可以有 1 到 {most} 个起点。</translation>
    </message>
    <message>
        <source>A scenario has at most {most} optimizers.</source>
        <translation>一个实验最多有 {most} 个优化器。</translation>
    </message>
    <message>
        <source>A start is a point (x, y) or a list of points.</source>
        <translation>起点应为一个点 (x, y)，或由若干个点组成的列表。</translation>
    </message>
    <message>
        <source>A start point needs two finite numbers, such as −7, 2.</source>
        <translation>起点需要两个有限的数，例如 −7, 2。</translation>
    </message>
    <message>
        <source>About OptiSim</source>
        <translation>关于 OptiSim</translation>
    </message>
    <message>
        <source>Ackley&apos;s funnel</source>
        <translation>Ackley 漏斗</translation>
    </message>
    <message>
        <source>Add a &amp;start</source>
        <translation>添加起点(&amp;S)</translation>
    </message>
    <message>
        <source>Add a method, as often as you like, to compare its rates</source>
        <translation>添加优化方法；同一方法可以添加多次，以比较不同的学习率</translation>
    </message>
    <message>
        <source>Add a start</source>
        <translation>添加起点</translation>
    </message>
    <message>
        <source>Add a start here</source>
        <translation>在此处添加起点</translation>
    </message>
    <message>
        <source>Add optimizer</source>
        <translation>添加优化器</translation>
    </message>
    <message>
        <source>Add or remove a start, copy or export the image</source>
        <translation>添加或删除起点，复制或导出图像</translation>
    </message>
    <message>
        <source>Arguments</source>
        <translation>参数</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>Beale</source>
        <translation>Beale 函数</translation>
    </message>
    <message>
        <source>Booth</source>
        <translation>Booth 函数</translation>
    </message>
    <message>
        <source>Brackets and powers go at most {most} deep.</source>
        <translation>括号和乘方最多嵌套 {most} 层。</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Cividis</source>
        <translation>Cividis</translation>
    </message>
    <message>
        <source>Click the map</source>
        <translation>单击等高线图</translation>
    </message>
    <message>
        <source>Click the map or drag the ring to move a start</source>
        <translation>单击等高线图或拖动圆环，即可移动起点</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Close this panel; View → Panels brings it back</source>
        <translation>关闭此面板；可通过“视图 → 面板”重新打开</translation>
    </message>
    <message>
        <source>Colour &amp;map</source>
        <translation>配色(&amp;M)</translation>
    </message>
    <message>
        <source>Colour bar</source>
        <translation>色条</translation>
    </message>
    <message>
        <source>Colour on the map</source>
        <translation>在图中的颜色</translation>
    </message>
    <message>
        <source>Colours and contour lines on a logarithmic scale, for deep valleys</source>
        <translation>颜色和等高线按对数取值，适合观察很深的谷底</translation>
    </message>
    <message>
        <source>Column {column}: {sentence}</source>
        <translation>第 {column} 列：{sentence}</translation>
    </message>
    <message>
        <source>Commands</source>
        <translation>命令</translation>
    </message>
    <message>
        <source>Compute trajectories and write them as CSV, to standard output without -o.</source>
        <translation>计算轨迹并输出为 CSV；不写 -o 时输出到标准输出。</translation>
    </message>
    <message>
        <source>Computing: {reach} of {steps} steps</source>
        <translation>正在计算：{reach} / {steps} 步</translation>
    </message>
    <message>
        <source>Constant exponents go from −{most} to {most}.</source>
        <translation>常数指数应在 −{most} 到 {most} 之间。</translation>
    </message>
    <message>
        <source>Contour labels</source>
        <translation>等高线数值</translation>
    </message>
    <message>
        <source>Contour lines</source>
        <translation>等高线</translation>
    </message>
    <message>
        <source>Custom formula</source>
        <translation>自定义公式</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>Double click</source>
        <translation>双击</translation>
    </message>
    <message>
        <source>Drag a start ring</source>
        <translation>拖动起点的圆环</translation>
    </message>
    <message>
        <source>Drag the map</source>
        <translation>拖动等高线图</translation>
    </message>
    <message>
        <source>Drag to any step, forwards or back</source>
        <translation>拖到任意一步，可前可后</translation>
    </message>
    <message>
        <source>Draw a figure. Without options, the chapter&apos;s bowl is drawn to optisim.png.</source>
        <translation>绘制图像。不带选项时，把书中的碗形曲面画到 optisim.png。</translation>
    </message>
    <message>
        <source>Duplicate</source>
        <translation>再添加一个相同的</translation>
    </message>
    <message>
        <source>Duplicate or remove the selected optimizer</source>
        <translation>复制或删除选中的优化器</translation>
    </message>
    <message>
        <source>E&amp;qual axes</source>
        <translation>等比例坐标轴(&amp;Q)</translation>
    </message>
    <message>
        <source>Eggholder</source>
        <translation>Eggholder 函数</translation>
    </message>
    <message>
        <source>Every optimizer gets a ball at every start</source>
        <translation>每个优化器在每个起点各放一个小球</translation>
    </message>
    <message>
        <source>Export &amp;trajectories…</source>
        <translation>导出轨迹数据(&amp;T)…</translation>
    </message>
    <message>
        <source>Export image</source>
        <translation>导出图像</translation>
    </message>
    <message>
        <source>Export or copy the image</source>
        <translation>导出或复制图像</translation>
    </message>
    <message>
        <source>Export trajectories</source>
        <translation>导出轨迹数据</translation>
    </message>
    <message>
        <source>F&amp;aster</source>
        <translation>加快(&amp;A)</translation>
    </message>
    <message>
        <source>First or last step</source>
        <translation>第一步或最后一步</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>格式</translation>
    </message>
    <message>
        <source>Formula</source>
        <translation>公式</translation>
    </message>
    <message>
        <source>Function f(x, y) =</source>
        <translation>函数 f(x, y) =</translation>
    </message>
    <message>
        <source>Goldstein–Price</source>
        <translation>Goldstein–Price 函数</translation>
    </message>
    <message>
        <source>Grey</source>
        <translation>灰度</translation>
    </message>
    <message>
        <source>Heat map</source>
        <translation>热图</translation>
    </message>
    <message>
        <source>Himmelblau</source>
        <translation>Himmelblau 函数</translation>
    </message>
    <message>
        <source>How many updates are made in all</source>
        <translation>一共更新多少次</translation>
    </message>
    <message>
        <source>Keyboard and mouse</source>
        <translation>键盘与鼠标</translation>
    </message>
    <message>
        <source>Legend</source>
        <translation>图例</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>List surfaces or optimizers.</source>
        <translation>列出曲面或优化器。</translation>
    </message>
    <message>
        <source>Logarithmic scale</source>
        <translation>对数刻度</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>损失</translation>
    </message>
    <message>
        <source>Magma</source>
        <translation>Magma</translation>
    </message>
    <message>
        <source>Max</source>
        <translation>最快</translation>
    </message>
    <message>
        <source>Minima</source>
        <translation>最小值点</translation>
    </message>
    <message>
        <source>Move down</source>
        <translation>下移</translation>
    </message>
    <message>
        <source>Move that start</source>
        <translation>移动该起点</translation>
    </message>
    <message>
        <source>Move the nearest start there</source>
        <translation>把最近的起点移到该处</translation>
    </message>
    <message>
        <source>Move the selected optimizer in the list</source>
        <translation>在列表中移动选中的优化器</translation>
    </message>
    <message>
        <source>Move the start here</source>
        <translation>把起点移到这里</translation>
    </message>
    <message>
        <source>Move the view</source>
        <translation>平移视图</translation>
    </message>
    <message>
        <source>Move up</source>
        <translation>上移</translation>
    </message>
    <message>
        <source>Number of steps</source>
        <translation>总步数</translation>
    </message>
    <message>
        <source>One step back or forward</source>
        <translation>后退或前进一步</translation>
    </message>
    <message>
        <source>Optimizer</source>
        <translation>优化器</translation>
    </message>
    <message>
        <source>Optimizers</source>
        <translation>优化器</translation>
    </message>
    <message>
        <source>Options</source>
        <translation>选项</translation>
    </message>
    <message>
        <source>PDF, vectors for print and LaTeX</source>
        <translation>PDF：矢量图，用于印刷和 LaTeX</translation>
    </message>
    <message>
        <source>PNG, pixels for screens and slides</source>
        <translation>PNG：位图，用于屏幕和幻灯片</translation>
    </message>
    <message>
        <source>Play or pause</source>
        <translation>播放或暂停</translation>
    </message>
    <message>
        <source>Playing: step {step} of {steps}</source>
        <translation>播放中：第 {step} / {steps} 步</translation>
    </message>
    <message>
        <source>Qt could not be loaded: {reason}.</source>
        <translation>无法加载 Qt：{reason}。</translation>
    </message>
    <message>
        <source>Race optimizers over a loss surface. Without a command, the window opens.</source>
        <translation>让优化器在损失曲面上竞赛。不带命令时打开窗口。</translation>
    </message>
    <message>
        <source>Range shown</source>
        <translation>绘图范围</translation>
    </message>
    <message>
        <source>Rastrigin&apos;s egg box</source>
        <translation>Rastrigin 蛋托</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Remove this start</source>
        <translation>删除此起点</translation>
    </message>
    <message>
        <source>Restore &amp;layout</source>
        <translation>恢复默认布局(&amp;L)</translation>
    </message>
    <message>
        <source>Right click</source>
        <translation>右键单击</translation>
    </message>
    <message>
        <source>Rosenbrock&apos;s valley</source>
        <translation>Rosenbrock 山谷</translation>
    </message>
    <message>
        <source>S&amp;lower</source>
        <translation>减慢(&amp;L)</translation>
    </message>
    <message>
        <source>SVG, vectors for the web and for editing</source>
        <translation>SVG：矢量图，用于网页和后期编辑</translation>
    </message>
    <message>
        <source>Saddle</source>
        <translation>鞍面</translation>
    </message>
    <message>
        <source>Save as…</source>
        <translation>另存为…</translation>
    </message>
    <message>
        <source>Saved {path}</source>
        <translation>已保存 {path}</translation>
    </message>
    <message>
        <source>Scale</source>
        <translation>缩放倍数</translation>
    </message>
    <message>
        <source>Show or hide</source>
        <translation>显示或隐藏</translation>
    </message>
    <message>
        <source>Show the whole domain again</source>
        <translation>重新显示整个绘图范围</translation>
    </message>
    <message>
        <source>Six-hump camel</source>
        <translation>六峰驼函数</translation>
    </message>
    <message>
        <source>Size in pixels</source>
        <translation>尺寸（像素）</translation>
    </message>
    <message>
        <source>Slower or faster</source>
        <translation>减慢或加快</translation>
    </message>
    <message>
        <source>Space</source>
        <translation>空格</translation>
    </message>
    <message>
        <source>Space plays, ← and → step, drag the ring to move the start; F1 lists all keys</source>
        <translation>空格播放，← → 单步，拖动圆环移动起点；按 F1 查看全部按键</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>速度</translation>
    </message>
    <message>
        <source>Speed: 1× makes 6 updates a second</source>
        <translation>速度：1× 为每秒更新 6 次</translation>
    </message>
    <message>
        <source>Start (x, y)</source>
        <translation>起点 (x, y)</translation>
    </message>
    <message>
        <source>Start points</source>
        <translation>起点</translation>
    </message>
    <message>
        <source>Start x</source>
        <translation>起点的 x</translation>
    </message>
    <message>
        <source>Start y</source>
        <translation>起点的 y</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>步</translation>
    </message>
    <message>
        <source>Step &amp;back</source>
        <translation>后退一步(&amp;B)</translation>
    </message>
    <message>
        <source>Step &amp;forward</source>
        <translation>前进一步(&amp;F)</translation>
    </message>
    <message>
        <source>Step {step} of</source>
        <translation>第 {step} 步，共</translation>
    </message>
    <message>
        <source>Step {step} of {steps}</source>
        <translation>第 {step} / {steps} 步</translation>
    </message>
    <message>
        <source>Stretched bowl</source>
        <translation>狭长的碗</translation>
    </message>
    <message>
        <source>Styblinski–Tang</source>
        <translation>Styblinski–Tang 函数</translation>
    </message>
    <message>
        <source>Surface</source>
        <translation>损失曲面</translation>
    </message>
    <message>
        <source>The chapter&apos;s &amp;experiment</source>
        <translation>书中的实验(&amp;E)</translation>
    </message>
    <message>
        <source>The command was not understood: {message}.</source>
        <translation>无法理解这条命令：{message}。</translation>
    </message>
    <message>
        <source>The disk is full: “{path}” was not written; make room or choose another one.</source>
        <translation>磁盘已满，未能写入“{path}”；请腾出空间或换一个磁盘。</translation>
    </message>
    <message>
        <source>The domain from {low:g} to {high:g} is too thin or too wide to draw.</source>
        <translation>范围 {low:g} 到 {high:g} 太窄或太宽，无法绘制。</translation>
    </message>
    <message>
        <source>The domain needs four finite numbers: x from, x to, y from, y to.</source>
        <translation>绘图范围需要四个有限的数：x 的下限和上限，y 的下限和上限。</translation>
    </message>
    <message>
        <source>The domain&apos;s lower end {low:g} must be below its upper end {high:g}.</source>
        <translation>下限 {low:g} 应小于上限 {high:g}。</translation>
    </message>
    <message>
        <source>The folder “{folder}” does not exist; choose another one.</source>
        <translation>文件夹“{folder}”不存在；请另选一个。</translation>
    </message>
    <message>
        <source>The formula ends where a number, x, y or “(” should follow.</source>
        <translation>公式不完整：后面还应有数、x、y 或“(”。</translation>
    </message>
    <message>
        <source>The formula is empty; write one in x and y, such as x^2/20 + y^2.</source>
        <translation>公式为空；请写一个关于 x 和 y 的公式，例如 x^2/20 + y^2。</translation>
    </message>
    <message>
        <source>The formula is longer than {most} characters.</source>
        <translation>公式超过了 {most} 个字符。</translation>
    </message>
    <message>
        <source>The formula needs x or y in it.</source>
        <translation>公式中应含有 x 或 y。</translation>
    </message>
    <message>
        <source>The image is on the clipboard</source>
        <translation>图像已复制到剪贴板</translation>
    </message>
    <message>
        <source>The loss surface that the optimizers descend</source>
        <translation>优化器要在其上下降的损失曲面</translation>
    </message>
    <message>
        <source>The map still shows the last formula that was right.</source>
        <translation>图中仍是上一个正确的公式。</translation>
    </message>
    <message>
        <source>The number of steps must be a whole number from 1 to {most}.</source>
        <translation>步数应为 1 到 {most} 的整数。</translation>
    </message>
    <message>
        <source>The number of steps must be a whole number.</source>
        <translation>步数应为整数。</translation>
    </message>
    <message>
        <source>The system library {library} is missing, which Qt needs; install it, on Debian and Ubuntu with: sudo apt install {packages}</source>
        <translation>缺少 Qt 所需的系统库 {library}；请安装它，在 Debian 和 Ubuntu 上可运行：sudo apt install {packages}</translation>
    </message>
    <message>
        <source>There is no optimizer yet. Add one to begin.</source>
        <translation>还没有优化器，请先添加一个。</translation>
    </message>
    <message>
        <source>There is no optimizer “{name}”; choose one of {names}.</source>
        <translation>没有名为“{name}”的优化器；可选：{names}。</translation>
    </message>
    <message>
        <source>There is no screen to open a window on; to draw a figure without one, add to this command: render -o figure.png</source>
        <translation>没有可以打开窗口的屏幕；若要直接绘制图像，请在此命令后加上：render -o figure.png</translation>
    </message>
    <message>
        <source>There is no surface “{name}”; choose one of {names}, or give a formula in x and y.</source>
        <translation>没有名为“{name}”的曲面；可选：{names}，也可以写一个关于 x 和 y 的公式。</translation>
    </message>
    <message>
        <source>There is not enough memory for this image; choose a smaller one.</source>
        <translation>内存不足以生成这幅图像；请选择较小的尺寸。</translation>
    </message>
    <message>
        <source>There is nothing to run; name at least one optimizer.</source>
        <translation>没有要运行的优化器；请至少指定一个。</translation>
    </message>
    <message>
        <source>This OptiSim scenario is damaged: a part is missing or not what it should be.</source>
        <translation>这个 OptiSim 实验文件已损坏：有内容缺失或不正确。</translation>
    </message>
    <message>
        <source>This bracket is never closed.</source>
        <translation>这个括号没有闭合。</translation>
    </message>
    <message>
        <source>This divides by zero.</source>
        <translation>这里除以了零。</translation>
    </message>
    <message>
        <source>This formula is not a finite real number.</source>
        <translation>这个公式的值不是有限的实数。</translation>
    </message>
    <message>
        <source>This is not an OptiSim scenario.</source>
        <translation>这不是 OptiSim 的实验文件。</translation>
    </message>
    <message>
        <source>This number is too large.</source>
        <translation>这个数太大了。</translation>
    </message>
    <message>
        <source>This part grows too large; use smaller exponents or nest less.</source>
        <translation>这一部分展开后太大；请用较小的指数或减少嵌套。</translation>
    </message>
    <message>
        <source>This part is not a finite real number.</source>
        <translation>这一部分的值不是有限的实数。</translation>
    </message>
    <message>
        <source>This scenario is too large to be one of OptiSim&apos;s.</source>
        <translation>这个文件太大，不可能是 OptiSim 的实验文件。</translation>
    </message>
    <message>
        <source>This scenario was made by a newer OptiSim; update to open it.</source>
        <translation>这个实验文件由更新版本的 OptiSim 生成；请升级后再打开。</translation>
    </message>
    <message>
        <source>This “)” has no opening bracket, or nothing stands before it.</source>
        <translation>这个“)”没有对应的左括号，或者它前面没有内容。</translation>
    </message>
    <message>
        <source>To the &amp;end</source>
        <translation>到终点(&amp;E)</translation>
    </message>
    <message>
        <source>To the &amp;start</source>
        <translation>到起点(&amp;S)</translation>
    </message>
    <message>
        <source>Trails</source>
        <translation>轨迹</translation>
    </message>
    <message>
        <source>Type your own, such as sin(x) + x^2 y^2 / 10; the contours follow as soon as it can be read</source>
        <translation>可以输入自己的公式，例如 sin(x) + x^2 y^2 / 10；只要公式有效，等高线会立即更新</translation>
    </message>
    <message>
        <source>Usage: </source>
        <translation>用法：</translation>
    </message>
    <message>
        <source>Values at this step</source>
        <translation>当前步的数值</translation>
    </message>
    <message>
        <source>Viridis</source>
        <translation>Viridis</translation>
    </message>
    <message>
        <source>W is (x, y), L is f, t counts the updates.</source>
        <translation>W 即 (x, y)，L 即 f，t 为更新次数。</translation>
    </message>
    <message>
        <source>Wheel</source>
        <translation>滚轮</translation>
    </message>
    <message>
        <source>Where the balls are</source>
        <translation>各小球的位置</translation>
    </message>
    <message>
        <source>Your own name for this optimizer</source>
        <translation>给此优化器起的名字</translation>
    </message>
    <message>
        <source>Zoom &amp;in</source>
        <translation>放大(&amp;I)</translation>
    </message>
    <message>
        <source>Zoom &amp;out</source>
        <translation>缩小(&amp;O)</translation>
    </message>
    <message>
        <source>Zoom at the mouse; over an axis, that axis alone</source>
        <translation>以鼠标所在处为中心缩放；在坐标轴上则只缩放该轴</translation>
    </message>
    <message>
        <source>Zoom in, zoom out, reset the view</source>
        <translation>放大、缩小、恢复视图</translation>
    </message>
    <message>
        <source>a start point; may be repeated</source>
        <translation>起点；可重复使用</translation>
    </message>
    <message>
        <source>a surface of the list, or a formula in x and y (bowl)</source>
        <translation>列表中的曲面，或关于 x 和 y 的公式（默认 bowl）</translation>
    </message>
    <message>
        <source>an optimizer as name:parameter=value,…; may be repeated</source>
        <translation>优化器，写作 名称:参数=值,…；可重复使用</translation>
    </message>
    <message>
        <source>as JSON, with everything that is known</source>
        <translation>以 JSON 输出全部信息</translation>
    </message>
    <message>
        <source>at the end</source>
        <translation>已到最后一步</translation>
    </message>
    <message>
        <source>at the start</source>
        <translation>在起点</translation>
    </message>
    <message>
        <source>bias correction</source>
        <translation>偏置校正</translation>
    </message>
    <message>
        <source>compute trajectories as CSV</source>
        <translation>计算轨迹并输出为 CSV</translation>
    </message>
    <message>
        <source>diverged at step {step}</source>
        <translation>第 {step} 步发散</translation>
    </message>
    <message>
        <source>draw a figure without a screen</source>
        <translation>不用屏幕，直接绘制图像</translation>
    </message>
    <message>
        <source>enlarge everything, lines and text too (1)</source>
        <translation>整体放大，包括线条和文字（默认 1）</translation>
    </message>
    <message>
        <source>guard against division by 0</source>
        <translation>防止除零的小常数</translation>
    </message>
    <message>
        <source>language of messages and of the window</source>
        <translation>提示信息和窗口的语言</translation>
    </message>
    <message>
        <source>learning rate</source>
        <translation>学习率</translation>
    </message>
    <message>
        <source>light or dark (light)</source>
        <translation>light（浅色）或 dark（深色）（默认 light）</translation>
    </message>
    <message>
        <source>linear heights</source>
        <translation>高度不取对数</translation>
    </message>
    <message>
        <source>list surfaces or optimizers</source>
        <translation>列出曲面或优化器</translation>
    </message>
    <message>
        <source>logarithmic heights</source>
        <translation>高度取对数</translation>
    </message>
    <message>
        <source>memory of gradients</source>
        <translation>一阶矩的衰减率</translation>
    </message>
    <message>
        <source>memory of squared gradients</source>
        <translation>二阶矩的衰减率</translation>
    </message>
    <message>
        <source>number of updates</source>
        <translation>更新次数</translation>
    </message>
    <message>
        <source>rolling</source>
        <translation>运行中</translation>
    </message>
    <message>
        <source>share of velocity kept</source>
        <translation>速度的保留比例</translation>
    </message>
    <message>
        <source>show the version and exit</source>
        <translation>显示版本并退出</translation>
    </message>
    <message>
        <source>show this help and exit</source>
        <translation>显示此帮助并退出</translation>
    </message>
    <message>
        <source>size in pixels (1280x800)</source>
        <translation>尺寸，以像素计（默认 1280x800）</translation>
    </message>
    <message>
        <source>the figure: .png, .svg or .pdf</source>
        <translation>图像文件：.png、.svg 或 .pdf</translation>
    </message>
    <message>
        <source>the instant to draw, in updates (the last)</source>
        <translation>绘制第几次更新后的情形（默认最后一次）</translation>
    </message>
    <message>
        <source>the part of the plane to show</source>
        <translation>要显示的区域</translation>
    </message>
    <message>
        <source>the table: .csv, or - for standard output</source>
        <translation>数据表：.csv，或用 - 表示标准输出</translation>
    </message>
    <message>
        <source>to</source>
        <translation>至</translation>
    </message>
    <message>
        <source>what to list</source>
        <translation>要列出的内容</translation>
    </message>
    <message>
        <source>x from</source>
        <translation>x 的下限</translation>
    </message>
    <message>
        <source>x to</source>
        <translation>x 的上限</translation>
    </message>
    <message>
        <source>y from</source>
        <translation>y 的下限</translation>
    </message>
    <message>
        <source>y to</source>
        <translation>y 的上限</translation>
    </message>
    <message>
        <source>{name} must be a finite number of at least {least:g}, not {value}.</source>
        <translation>{name} 应为不小于 {least:g} 的有限数，而不是 {value}。</translation>
    </message>
    <message>
        <source>{name} must be a number, not “{value}”.</source>
        <translation>{name} 应为数，而不是“{value}”。</translation>
    </message>
    <message>
        <source>{name} must be at least {least:g} and below {most:g}, not {value}.</source>
        <translation>{name} 应不小于 {least:g} 且小于 {most:g}，而不是 {value}。</translation>
    </message>
    <message>
        <source>{name} must be between {least:g} and {most:g}, not {value}.</source>
        <translation>{name} 应在 {least:g} 到 {most:g} 之间，而不是 {value}。</translation>
    </message>
    <message>
        <source>{name} must be true or false, not “{value}”.</source>
        <translation>{name} 应为 true 或 false，而不是“{value}”。</translation>
    </message>
    <message>
        <source>{optimizer} has no “{name}”; it has {names}.</source>
        <translation>{optimizer} 没有超参数“{name}”；它的超参数有 {names}。</translation>
    </message>
    <message>
        <source>{option} takes a number, not “{value}”.</source>
        <translation>{option} 应为数，而不是“{value}”。</translation>
    </message>
    <message>
        <source>{option} takes a whole number, not “{value}”.</source>
        <translation>{option} 应为整数，而不是“{value}”。</translation>
    </message>
    <message>
        <source>{option} takes one of {allowed}, not “{value}”.</source>
        <translation>{option} 应为 {allowed} 之一，而不是“{value}”。</translation>
    </message>
    <message>
        <source>{option} takes {count} numbers with commas between them, such as {option}={example}.</source>
        <translation>{option} 应为 {count} 个用逗号隔开的数，例如 {option}={example}。</translation>
    </message>
    <message>
        <source>{value} is not one of {allowed}.</source>
        <translation>{value} 不在可选项 {allowed} 之中。</translation>
    </message>
    <message>
        <source>{what} and {other} exclude each other.</source>
        <translation>{what} 与 {other} 不能同时使用。</translation>
    </message>
    <message>
        <source>{what} needs a value after it; --help shows which.</source>
        <translation>{what} 后面应有一个值；用 --help 查看说明。</translation>
    </message>
    <message>
        <source>{width:.1f} × {height:.1f} cm on paper</source>
        <translation>纸上为 {width:.1f} × {height:.1f} 厘米</translation>
    </message>
    <message>
        <source>{width} × {height} pixels are too many; a side can have {most} at the most.</source>
        <translation>{width} × {height} 像素太大；每边最多 {most} 像素。</translation>
    </message>
    <message>
        <source>{width} × {height} pixels in the file</source>
        <translation>文件为 {width} × {height} 像素</translation>
    </message>
    <message>
        <source>“{character}” has no meaning here; use numbers, x, y, + − * / ^ and brackets.</source>
        <translation>“{character}”在这里没有意义；请使用数、x、y、+ − * / ^ 和括号。</translation>
    </message>
    <message>
        <source>“{found}” cannot stand here; a number, x, y or “(” should.</source>
        <translation>这里不能是“{found}”，而应是数、x、y 或“(”。</translation>
    </message>
    <message>
        <source>“{name}” has no known ending; choose one of {endings}.</source>
        <translation>无法识别“{name}”的扩展名；可用：{endings}。</translation>
    </message>
    <message>
        <source>“{name}” is given twice.</source>
        <translation>“{name}”写了两次。</translation>
    </message>
    <message>
        <source>“{name}” is not a name; write {product} for the product.</source>
        <translation>“{name}”不是变量名；乘积请写作 {product}。</translation>
    </message>
    <message>
        <source>“{name}” is unknown; there are x, y, pi, e and the functions {functions}.</source>
        <translation>无法识别“{name}”；可用的有 x、y、pi、e 和函数 {functions}。</translation>
    </message>
    <message>
        <source>“{name}” needs brackets: {name}(x).</source>
        <translation>“{name}”后面需要括号：{name}(x)。</translation>
    </message>
    <message>
        <source>“{name}” takes {wanted} value(s) in its brackets, not {given}.</source>
        <translation>“{name}”的括号里应有 {wanted} 个值，而不是 {given} 个。</translation>
    </message>
    <message>
        <source>“{part}” is not of the form name=value; write, say, {example}.</source>
        <translation>“{part}”不是“名称=值”的形式；可以写作 {example}。</translation>
    </message>
    <message>
        <source>“{path}” cannot be written; choose a folder that is not write-protected.</source>
        <translation>无法写入“{path}”；请选择没有写保护的文件夹。</translation>
    </message>
    <message>
        <source>“{path}” is a folder; give a file name.</source>
        <translation>“{path}”是文件夹；请给出文件名。</translation>
    </message>
    <message>
        <source>“{path}” was not written: {reason}.</source>
        <translation>未能写入“{path}”：{reason}。</translation>
    </message>
    <message>
        <source>“{what}” is missing; --help shows what is needed.</source>
        <translation>缺少“{what}”；用 --help 查看说明。</translation>
    </message>
    <message>
        <source>“{what}” is not understood here; --help shows what is.</source>
        <translation>无法理解“{what}”；用 --help 查看可用的选项。</translation>
    </message>
</context>
</TS>
